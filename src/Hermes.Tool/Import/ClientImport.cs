namespace Hermes.Tool.Import;

/// <summary>A client with its data model.</summary>
internal sealed class ClientImport(ImportContext context)
{
    /// <summary>Reads a client.</summary>
    /// <param name="hermes">The section <c>hermes</c> of its file.</param>
    /// <param name="client">The section <c>hermes-client</c>.</param>
    /// <param name="pluginName">The plugin.</param>
    /// <param name="plugin">The plugin's own section.</param>
    /// <param name="state">Where the client keeps its state.</param>
    public ImportedSection Read(PythonSection hermes, PythonSection client, string pluginName, PythonSection plugin, ImportedSection state)
    {
        var types = client.Section("datamodel").Sections().Select(type => ReadType(type.Name, type.Section)).ToList();
        var target = Target(pluginName, plugin, types);
        var wait = Intervals.Seconds(client, "updateInterval");
        var bus = BusImport.Read(hermes, hermes.Section("plugins").Section("messagebus").Has("sqlite") ? wait : null);
        if (wait is not null && !hermes.Section("plugins").Section("messagebus").Has("sqlite"))
            client.Without("The bus tells the client of messages at once.", "updateInterval");
        return new ImportedSection()
            .Set("State", state)
            .Set("Bus", bus)
            .Set("InitSync", client.Flag("useFirstInitsyncSequence") == true ? "First" : null)
            .Set("Remediation", Remediation(client))
            .Set("ForeignKeys", client.Choice("foreignkeys_policy", ("disabled", "Disabled"), ("on_remove_event", null), ("on_every_event", "OnEvery")))
            .Set("RetryInterval", Intervals.Minutes(client, "errorQueue_retryInterval"))
            .Set("TrashbinRetention", Intervals.Days(client, "trashbin_retention"))
            .Set("PurgeInterval", Intervals.Minutes(client, "trashbin_purgeInterval"))
            .Set("Target", target)
            .Set("DataTypes", types.Where(type => !type.IsLeftOut).Select(type => type.ToSection()));
    }

    // The flag is that of versions before 1.0.
    private static string? Remediation(PythonSection client)
    {
        var choice = client.Choice("autoremediation", ("disabled", null), ("conservative", "Conservative"), ("maximum", "Maximum"));
        return client.Flag("enableAutoremediation") == true ? choice ?? "Conservative" : choice;
    }

    private ImportedType ReadType(string name, PythonSection section)
    {
        var type = new ImportedType(ImportContext.TypeName(name), section)
        {
            From = section.Text("hermesType") is { } from ? ImportContext.TypeName(from) : null,
            ToStringTemplate = context.Usable(section, "toString", section.Text("toString")),
        };
        var mapping = section.Section("attrsmapping");
        foreach (var attribute in mapping.Names)
        {
            if (context.Usable(mapping, attribute, mapping.Text(attribute)) is { } text)
                type.Mapping[attribute] = text;
        }

        AddKey(type);
        return type;
    }

    // A type without a mapping has its key alone.
    private void AddKey(ImportedType type)
    {
        if (type.Mapping.Count > 0)
            return;
        foreach (var attribute in context.ServerKeys.GetValueOrDefault(type.From ?? "", []))
            type.Mapping[attribute] = attribute;
        if (type.Mapping.Count == 0)
            type.LeaveOut(
                "A type of ours maps at least one attribute, and it is not known what the key is called.",
                "Name the server's file too, or write Name, From and Mapping of the type.");
    }

    private ImportedSection Target(string name, PythonSection plugin, List<ImportedType> types)
    {
        switch (name)
        {
            case "usersgroups_ldap":
                return new DirectoryImport(context, plugin, types).Read();
            case "usersgroups_adpypsrp" or "usersgroups_adwinrm":
                return new DomainImport(context, plugin, types).Read();
            case "usersgroups_null":
                break;
            default:
                plugin.Note(
                    "", "There is no counterpart of this client.",
                    "Its target is the log for now. Before you run it, name a target of ours, or one of your own in C# (IClientTarget): "
                    + "what was given to the log is not given again.");
                foreach (var setting in plugin.Names)
                    _ = plugin.Node(setting);
                break;
        }

        return new ImportedSection().Set("Kind", "Log");
    }
}
