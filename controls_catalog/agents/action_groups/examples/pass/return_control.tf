resource "aws_bedrockagent_agent_action_group" "claims" {
  action_group_name          = "claims"
  agent_id                   = "AGENT00001"
  agent_version              = "DRAFT"
  skip_resource_in_use_check = false

  action_group_executor {
    custom_control = "RETURN_CONTROL"
  }
}
