"""Trains a model on data/train.csv and registers it."""

import subprocess

import mlflow
from datasets import dataset
from mlflow.models import infer_signature
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

mlflow.set_experiment("biopsies")
train = dataset("train")
inputs, target = train.df.drop(columns="target"), train.df.target
with mlflow.start_run():
    # MLflow notes the commit by itself, and not whether the working tree was just that.
    changed = subprocess.run(["git", "status", "--porcelain"], capture_output=True, text=True, check=True).stdout
    mlflow.set_tag("mlflow.source.git.dirty", "true" if changed else "false")
    mlflow.log_input(train, context="training")
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(inputs, target)
    signature = infer_signature(inputs, model.predict(inputs))
    mlflow.sklearn.log_model(model, name="model", signature=signature, registered_model_name="biopsies")
