resource "aws_iam_role" "scoring" {
  name               = "scoring"
  assume_role_policy = "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"Service\": \"sagemaker.amazonaws.com\"}}]}"
}

resource "aws_iam_role_policy" "scoring" {
  name   = "scoring"
  role   = aws_iam_role.scoring.id
  policy = "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"s3:GetObject\", \"iam:PassRole\"], \"Resource\": \"*\"}]}"
}
