a = <<-EOT

    x

      y
  EOT
b = "${1}"
c = "${var.a ? "x" : "y"} z"
d = "${"lit"}"
e = { (var.x) = 1, a.b = 2, "k${var.z}" = 3, 3 = 4 }
f = "%{ for x in var.l }a${x}%{ endfor }"
g = -var.x
h = 1e3
i = "tab\tuni\u0041"
k = "${var.a}${var.b}"
l = f(1, 2)
m = !(true)
n = var.x == 1 && var.y
o = <<EE
${var.q}
EE
p = ["a",
  # comment
  "b", // c
]
q = aws_x.y.0.z
r = { for k, v in var.m : k => v }
s = "a ${f("x", "y")} b"
u = "${(1)}"
w = "x ${(var.a)}"
