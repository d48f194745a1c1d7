using Hermes.Tool.Configuration;

namespace Hermes.Tool.Import;

/// <summary>The data model of a server.</summary>
internal sealed class ServerModelImport(ImportContext context, PythonSection sources)
{
    private readonly Dictionary<string, SortedSet<string>> _remoteNames = new(StringComparer.Ordinal);

    /// <summary>Reads <c>hermes-server.datamodel</c>.</summary>
    public (IReadOnlyList<ImportedSection> Sections, IReadOnlyDictionary<string, SortedSet<string>> RemoteNames) Read(PythonSection model) =>
        ([.. model.Sections().Select(type => ReadType(type.Name, type.Section, model)).ToList()], _remoteNames);

    private ImportedSection ReadType(string name, PythonSection type, PythonSection model)
    {
        if (ImportContext.TypeName(name) != name)
            model.Note(name, "The name of a data type has letters, digits and underscores.", $"It is called {ImportContext.TypeName(name)}, for the clients too.");
        context.ServerKeys[ImportContext.TypeName(name)] = type.Texts("primarykeyattr");
        return new ImportedSection()
            .Set("Name", ImportContext.TypeName(name))
            .Set("Key", type.Texts("primarykeyattr"))
            .Set("ToString", Template(type, "toString"))
            .Set("OnMergeConflict", type.Choice("on_merge_conflict", ("use_cached_entry", null), ("keep_first_value", "KeepFirstValue")))
            .Set("ForeignKeys", ReadForeignKeys(type.Section("foreignkeys")))
            .Set("IntegrityConstraints", Templates(type, "integrity_constraints"))
            .Set("Sources", type.Section("sources").Sections().Select(source => ReadSource(source.Name, source.Section)).ToList());
    }

    private static ImportedSection ReadForeignKeys(PythonSection foreignKeys)
    {
        var all = new ImportedSection();
        foreach (var (attribute, parent) in foreignKeys.Sections())
        {
            all.Set(attribute, new ImportedSection()
                .Set("Type", parent.Text("from_objtype") is { } type ? ImportContext.TypeName(type) : null).Set("Attribute", parent.Text("from_attr")));
        }

        return all;
    }

    private ImportedSection ReadSource(string name, PythonSection source)
    {
        var operations = new OperationImport(context, sources.Section(name).Text("type"));
        return new ImportedSection()
            .Set("Source", name)
            .Set("Fetch", operations.Fetch(source.Section("fetch")))
            .Set("CommitOne", operations.Commit(source, "commit_one"))
            .Set("CommitAll", operations.Commit(source, "commit_all"))
            .Set("Mapping", ReadMapping(name, source.Section("attrsmapping")))
            .Set("SecretAttributes", source.Texts("secrets_attrs"))
            .Set("CacheOnlyAttributes", source.Texts("cacheonly_attrs"))
            .Set("LocalAttributes", source.Texts("local_attrs"))
            .Set("KeyMergeConstraint", source.Choice(
                "pkey_merge_constraint",
                ("noConstraint", null), ("mustNotExist", "MustNotExist"), ("mustAlreadyExist", "MustAlreadyExist"), ("mustExistInBoth", "MustExistInBoth")))
            .Set("MergeConstraints", Templates(source, "merge_constraints"));
    }

    private ImportedSection ReadMapping(string source, PythonSection mapping)
    {
        var ours = new ImportedSection();
        if (!_remoteNames.TryGetValue(source, out var remote))
            _remoteNames[source] = remote = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in mapping.Names)
        {
            if (mapping.Node(name) is ListNode)
            {
                ours.Set(name, mapping.Texts(name));
                remote.UnionWith(mapping.Texts(name));
            }
            else if (Template(mapping, name) is { } text)
            {
                ours.Set(name, text);
                remote.UnionWith(context.Templates.IsTemplate(text) ? context.Templates.VariablesOf(text).Where(variable => variable != "ITEM_CACHED_VALUES") : [text]);
            }
        }

        return ours;
    }

    private string? Template(PythonSection section, string name) => context.Usable(section, name, section.Text(name));

    private List<string> Templates(PythonSection section, string name) => [.. section.Texts(name).Select(text => context.Usable(section, name, text)).OfType<string>()];
}
