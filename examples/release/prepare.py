"""Writes the public dataset that comes with scikit-learn (Breast Cancer Wisconsin, Diagnostic) as data/train.csv and data/test.csv."""

from pathlib import Path

from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split

frame = load_breast_cancer(as_frame=True).frame
Path("data").mkdir(exist_ok=True)
for name, part in zip(("train", "test"), train_test_split(frame, random_state=0, stratify=frame.target), strict=True):
    part.to_csv(f"data/{name}.csv", index=False)
