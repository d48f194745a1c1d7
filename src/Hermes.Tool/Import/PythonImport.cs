using Hermes.Tool.Configuration;

namespace Hermes.Tool.Import;

/// <summary>What the configuration files of the original program become.</summary>
/// <param name="Yaml">Our configuration.</param>
/// <param name="Notes">What could not be taken over as it was, each with its place in the original files.</param>
/// <param name="Secrets">The secrets, which stand in files of their own.</param>
internal sealed record ImportedConfiguration(string Yaml, IReadOnlyList<Finding> Notes, IReadOnlyList<ImportedSecret> Secrets);

/// <summary>Makes one configuration of ours out of the files of the original program (1.0.9), of which each describes a server or a client.</summary>
internal sealed class PythonImport
{
    private readonly ImportContext _context;
    private readonly HostImport _host;
    private readonly ImportedSection _servers = new();
    private readonly ImportedSection _clients = new();
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    private PythonImport(string secretsFolder)
    {
        _context = new ImportContext(secretsFolder);
        _host = new HostImport(_context);
    }

    /// <summary>Converts files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="secretsFolder">The folder of the secrets, as the configuration is to name it.</param>
    public static ImportedConfiguration Convert(IEnumerable<MapNode> files, string secretsFolder)
    {
        var import = new PythonImport(secretsFolder);

        // Servers first: clients build upon what they send.
        foreach (var file in files.OrderBy(file => file.Find("hermes-server") is null))
            import.Add(file);
        var root = new ImportedSection();
        import._host.WriteTo(root);
        if (import._context.NeedsOracle)
            root.Set("Drivers", new ImportedSection().Set("Oracle", OracleDriver()));
        root.Set("Servers", import._servers).Set("Clients", import._clients);
        var notes = import._context.Notes();
        return new(YamlText.Of(root.ToNode()), notes, import._context.Secrets);
    }

    private static ImportedSection OracleDriver() => new ImportedSection()
        .Set("Assembly", "drivers/Oracle.ManagedDataAccess.dll").Set("Factory", "Oracle.ManagedDataAccess.Client.OracleClientFactory");

    private void Add(MapNode file)
    {
        var top = new PythonSection(file, file.Place, "", _context);
        var hermes = top.Section("hermes");
        var (isServer, isClient) = (top.Has("hermes-server"), top.Has("hermes-client"));
        if (!isServer && !isClient)
        {
            top.Note("", "This file describes no server and no client.", "A file for the command line alone is not needed: 'hermes status --socket PATH' asks a host.");
            _ = hermes.Section("cli_socket").Text("path");
            return;
        }

        _host.Read(hermes);
        if (isServer)
            AddServer(hermes, top.Section("hermes-server"));
        if (isClient)
            AddClient(hermes, top);
    }

    private void AddServer(PythonSection hermes, PythonSection section)
    {
        var sources = hermes.Section("plugins").Section("datasources");
        var types = new ServerModelImport(_context, sources).Read(section.Section("datamodel"));
        var server = new ImportedSection()
            .Set("PollInterval", Intervals.Seconds(section, "updateInterval") ?? TimeSpan.FromMinutes(5))
            .Set("MaxLoggedValueLength", _host.LongestText(hermes))
            .Set("State", _host.State(hermes, "hermes-server"))
            .Set("Bus", BusImport.Read(hermes, null))
            .Set("Sources", new SourceImport(_context, types.RemoteNames).Read(sources))
            .Set("DataTypes", types.Sections);
        _servers.Set(NameOf("server"), server);
    }

    private void AddClient(PythonSection hermes, PythonSection top)
    {
        const string prefix = "hermes-client-";
        var plugins = top.Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        var plugin = plugins.FirstOrDefault() ?? $"{prefix}unknown";
        foreach (var another in plugins.Skip(1))
            top.Note(another, "A client has one plugin.", $"{plugin} is taken over, this is not.");
        if (hermes.Has("plugins") && hermes.Section("plugins") is var known && known.Has("datasources"))
            known.Note("datasources", "A client has no data sources.", "The original program does not look at it either.");
        if (_host.LongestText(hermes) is { } longest && longest != HostImport.DefaultLongestText)
            hermes.Section("logs").Note("long_string_limit", "A client has no such limit.", "Values are not logged.");
        var client = new ClientImport(_context).Read(hermes, top.Section("hermes-client"), plugin[prefix.Length..], top.Section(plugin), _host.State(hermes, plugin));
        _clients.Set(NameOf(plugin[prefix.Length..]), client);
    }

    // A host has one of each name, where every process of the original program was alone.
    private string NameOf(string name)
    {
        var free = name;
        for (var number = 2; !_names.Add(free); number++)
            free = $"{name}-{number}";
        return free;
    }
}
