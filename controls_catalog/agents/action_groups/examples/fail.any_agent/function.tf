resource "aws_lambda_function" "claims" {
  function_name = "claims-actions"
  role          = "arn:aws:iam::111122223333:role/claims-actions"
  handler       = "claims.handle"
  runtime       = "python3.12"
  filename      = "claims.zip"
}

resource "aws_lambda_permission" "claims" {
  statement_id  = "AllowAgents"
  action        = "lambda:InvokeFunction"
  function_name = "claims-actions"
  principal     = "bedrock.amazonaws.com"
}
