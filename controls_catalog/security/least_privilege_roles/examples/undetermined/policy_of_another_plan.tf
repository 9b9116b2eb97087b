resource "aws_iam_role" "scoring" {
  name               = "scoring"
  assume_role_policy = "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"Service\": \"sagemaker.amazonaws.com\"}}]}"
}

resource "aws_iam_role_policy_attachment" "scoring" {
  role       = aws_iam_role.scoring.name
  policy_arn = "arn:aws:iam::111122223333:policy/scoring"
}
