resource "aws_lambda_function" "claims" {
  function_name = "claims-actions"
  role          = "arn:aws:iam::111122223333:role/claims-actions"
  handler       = "claims.handle"
  runtime       = "python3.12"
  filename      = "claims.zip"

  environment {
    variables = {
      HF_TOKEN_SECRET_ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:hub"
    }
  }
}
