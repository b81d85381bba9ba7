"""A small pretrained network that was trained on labelled security news; see resources/models/network/README.md."""
