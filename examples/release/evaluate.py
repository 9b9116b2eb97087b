"""Evaluates a registered version on data/test.csv: python evaluate.py VERSION. The results are recorded about the model itself."""

import sys

import mlflow
from datasets import dataset
from sklearn.metrics import accuracy_score, f1_score, precision_score, recall_score, roc_auc_score

test = dataset("test")
inputs, target = test.df.drop(columns="target"), test.df.target
logged = mlflow.MlflowClient().get_model_version("biopsies", sys.argv[1]).source.removeprefix("models:/")
model = mlflow.sklearn.load_model(f"models:/{logged}")
predicted, likelihood = model.predict(inputs), model.predict_proba(inputs)[:, 1]
mlflow.set_experiment("biopsies")
with mlflow.start_run():
    mlflow.log_input(test, context="evaluation")
    for name, score in (
        ("accuracy", accuracy_score),
        ("f1", f1_score),
        ("precision", precision_score),
        ("recall", recall_score),
    ):
        mlflow.log_metric(name, score(target, predicted), dataset=test, model_id=logged)
    mlflow.log_metric("roc_auc", roc_auc_score(target, likelihood), dataset=test, model_id=logged)
