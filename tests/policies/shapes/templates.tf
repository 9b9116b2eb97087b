a = <<-EOT
    one
      two
   three ${var.x}
  EOT
b = <<-EOT
	tab
	  more
EOT
c = <<EOT
EOT
d = <<-EOT

  x
EOT
e = "a$b $$ %{ if x }1%{ else }2%{ endif } 100%"
f = null
g = []
h = {}
i = "x${null}y${true}z${1.5}"
j = provider::x::y(1)
k = "\\d+ \u00e9"
l = a[*].b.c
m = 5 % 2
n = true ? 1 : 2
o = [for s in x : s]
