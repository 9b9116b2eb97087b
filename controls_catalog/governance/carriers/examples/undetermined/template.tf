resource "aws_cloudformation_stack" "scoring" {
  name          = "scoring"
  template_body = "{\"Resources\": {\"Endpoint\": {\"Type\": \"AWS::SageMaker::Endpoint\"}}}"
}
