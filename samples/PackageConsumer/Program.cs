// A program that knows Hermes by its packages alone: it is restored from the local feed, so it shows that they are complete.
using System.Reflection;
using Hermes.Abstractions.Data;
using Hermes.Templates;

string[] packages =
[
    "Hermes.Abstractions", "Hermes.Runtime", "Hermes.Diff", "Hermes.Events", "Hermes.Templates",
    "Hermes.ServerRuntime", "Hermes.ClientRuntime", "Hermes.Sqlite", "Hermes.Sql", "Hermes.Files",
];
foreach (var package in packages)
{
    var version = Assembly.Load(new AssemblyName(package)).GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
    Console.WriteLine($"{package} {version}");
}

var hired = Entry.Of(("login", "ada"), ("surname", "Byron"), ("groups", ValueList.Create(["maths", "engines"])));
var married = new AttributeChanges(Entry.Empty, Entry.Of(("surname", "Lovelace")), ["groups"]).ApplyTo(hired);
if (!married.Equals(Entry.Of(("login", "ada"), ("surname", "Lovelace"))))
    throw new InvalidOperationException($"The changes were not applied: {string.Join(", ", married.Keys)}");

var template = new JinjaTemplateEngine().Compile("{{ login ~ '@' ~ (surname | lower) }}");
var address = template.Evaluate([.. template.Variables.Select(married.Get)]);
if (address != "ada@lovelace")
    throw new InvalidOperationException($"The template '{template.Text}' gave '{address}'.");

Console.WriteLine("OK");
