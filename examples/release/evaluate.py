"""Evaluates a registered version on data/test.csv: python evaluate.py VERSION. The results are recorded about the model itself."""

import sys

import mlflow
import numpy
from datasets import dataset
from sklearn.metrics import accuracy_score, f1_score, precision_score, recall_score, roc_auc_score

SCORES = {"accuracy": accuracy_score, "f1": f1_score, "precision": precision_score, "recall": recall_score}

test = dataset("test")
inputs, target = test.df.drop(columns="target"), test.df.target
logged = mlflow.MlflowClient().get_model_version("biopsies", sys.argv[1]).source.removeprefix("models:/")
model = mlflow.sklearn.load_model(f"models:/{logged}")
predicted, likelihood = model.predict(inputs), model.predict_proba(inputs)[:, 1]
mlflow.set_experiment("biopsies")
generator = numpy.random.default_rng(0)
noisy = model.predict(inputs + generator.normal(size=inputs.shape) * inputs.std().to_numpy() * 0.05)
large = inputs["mean area"] > inputs["mean area"].median()
with mlflow.start_run():
    mlflow.log_input(test, context="evaluation")

    def log(name, value):
        mlflow.log_metric(name, value, dataset=test, model_id=logged)

    for name, score in SCORES.items():
        log(name, score(target, predicted))
    log("roc_auc", roc_auc_score(target, likelihood))
    # What a result is about, and for which part of the data it holds, stands in its name: see docs/models.md.
    log("robustness/accuracy", accuracy_score(target, noisy))
    for group, part in (("large", large), ("small", ~large)):
        log(f"accuracy/mass:{group}", accuracy_score(target[part], predicted[part]))
