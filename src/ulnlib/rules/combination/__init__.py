"""Rules of combination: which units count towards a qualification, and what is needed."""

from ulnlib.rules.combination.evaluating import evaluate
from ulnlib.rules.combination.evaluation import Evaluation
from ulnlib.rules.combination.prepared import prepare

__all__ = ["Evaluation", "evaluate", "prepare"]
