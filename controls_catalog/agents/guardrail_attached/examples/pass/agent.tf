resource "aws_bedrock_guardrail" "chat" {
  name                      = "chat"
  blocked_input_messaging   = "That cannot be answered here."
  blocked_outputs_messaging = "That cannot be answered here."

  content_policy_config {
    filters_config {
      type            = "PROMPT_ATTACK"
      input_strength  = "HIGH"
      output_strength = "NONE"
    }
  }
}

resource "aws_bedrockagent_agent" "claims" {
  agent_name              = "claims"
  agent_resource_role_arn = "arn:aws:iam::111122223333:role/claims-agent"
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  instruction             = "Answers questions of claimants about the state of their claim."

  guardrail_configuration {
    guardrail_identifier = aws_bedrock_guardrail.chat.guardrail_id
    guardrail_version    = "1"
  }
}
