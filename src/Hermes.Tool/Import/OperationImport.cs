using System.Text.RegularExpressions;
using Hermes.Tool.Configuration;

namespace Hermes.Tool.Import;

/// <summary>What a source is asked for, and what is written back to it.</summary>
/// <param name="context">What is gathered.</param>
/// <param name="kind">The kind of the source, in the words of the original program.</param>
internal sealed partial class OperationImport(ImportContext context, string? kind)
{
    /// <summary>A fetch.</summary>
    public ImportedSection Fetch(PythonSection section)
    {
        if (section.Text("type") is { } type && type != "fetch")
            section.Note("type", "A fetch only reads.", "Write the statement as CommitOne or CommitAll, and one that reads as Fetch.");
        return kind == "ldap" ? FetchEntries(section) : Statement(section);
    }

    /// <summary>A write-back; empty if there is none.</summary>
    public ImportedSection Commit(PythonSection source, string name)
    {
        if (!source.Has(name))
            return new ImportedSection();
        var section = source.Section(name);
        if (section.Choice("type", ("add", "Add"), ("modify", "Modify"), ("delete", "Delete"), ("fetch", "Fetch")) is not { } type || type == "Fetch")
        {
            section.Note("type", "A write-back adds, modifies or deletes.", "It is left out. Write it with the Kind that fits, if it is needed.");
            _ = (section.Text("query"), section.Node("vars"));
            return new ImportedSection();
        }

        var operation = new ImportedSection().Set("Kind", type);
        return kind == "ldap" ? WriteEntry(section, type, operation) : Statement(section, operation);
    }

    private ImportedSection Statement(PythonSection section, ImportedSection? operation = null)
    {
        operation ??= new ImportedSection();
        var query = context.Usable(section, "query", section.Text("query"));
        if (query is not null && kind == "postgresql")
            query = PythonParameter().Replace(query, "@$1").Replace("%%", "%", StringComparison.Ordinal);
        return operation.Set("Query", query).Set("Variables", Variables(section.Section("vars")));
    }

    private ImportedSection Variables(PythonSection section)
    {
        var variables = new ImportedSection();
        foreach (var name in section.Names)
            variables.Set(name, Variable(section, name));
        return variables;
    }

    private string? Variable(PythonSection section, string name)
    {
        if (section.Node(name) is TextNode)
            return context.Usable(section, name, section.Text(name));
        if (section.Node(name) is { } node && TemplateLiteral.Of(node) is { } literal)
            return context.Usable(section, name, literal);
        section.Note(name, "Text and template are mixed here.", "It is left out. Write one template for the whole value.");
        return null;
    }

    private ImportedSection FetchEntries(PythonSection section)
    {
        var vars = section.Section("vars");
        _ = section.Text("query");
        var filter = context.Usable(vars, "filter", vars.Text("filter")) ?? "(objectClass=*)";
        var variables = new ImportedSection()
            .Set("base", context.Usable(vars, "base", vars.Text("base")))
            .Set("scope", vars.Choice("scope", ("base", "base"), ("one", "one"), ("onelevel", "one"), ("sub", null), ("subtree", null)));

        // Which attributes are read, the mapping says.
        _ = vars.Node("attrlist");
        return new ImportedSection().Set("Query", SingleBrace().Replace(filter, match => match.Value == "{" ? "\\7b" : "\\7d")).Set("Variables", variables);
    }

    private ImportedSection WriteEntry(PythonSection section, string type, ImportedSection operation)
    {
        _ = section.Text("query");
        var vars = section.Section("vars");
        var name = type switch { "Add" => "addlist", "Delete" => "dellist", _ => "modlist" };
        if (vars.Node(name) is not ListNode { Items: [MapNode entry] })
        {
            vars.Note(name, "An operation of ours writes to one entry.", "It is left out. Write dn, and what becomes of the entry, as Variables.");
            return new ImportedSection();
        }

        var item = new PythonSection(entry, entry.Place, $"{vars.Path}.{name}", context);
        var variables = new ImportedSection().Set("dn", context.Usable(item, "dn", item.Text("dn")));
        (string Theirs, string Ours)[] parts = type switch
        {
            "Add" => [("add", "attributes")],
            "Modify" => [("add", "add"), ("modify", "modify"), ("delete", "delete")],
            _ => [],
        };
        foreach (var (theirs, ours) in parts.Where(part => item.Has(part.Theirs)))
            variables.Set(ours, Variable(item, theirs));
        return operation.Set("Variables", variables);
    }

    [GeneratedRegex(@"%\((\w+)\)s")]
    private static partial Regex PythonParameter();

    // Those of templates come in pairs.
    [GeneratedRegex(@"(?<!\{)\{(?!\{)|(?<!\})\}(?!\})")]
    private static partial Regex SingleBrace();
}
