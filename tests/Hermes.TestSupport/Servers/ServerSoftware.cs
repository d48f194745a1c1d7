namespace Hermes.TestSupport.Servers;

/// <summary>A server that tests need: how to see that it is on this machine, and the command that puts it there.</summary>
/// <param name="Name">The name that <see cref="RequiresServerAttribute"/> uses.</param>
/// <param name="Install">The command that installs it, run from the root of the repository.</param>
/// <param name="Find">Looks for the file without which the server cannot run; null when it is missing.</param>
public sealed record ServerSoftware(string Name, string Install, Func<string?> Find)
{
    private static readonly ServerSoftware[] All =
    [
        Debian("postgresql", "postgres"),
        Debian("pgbouncer", "pgbouncer"),
        Debian("mariadb", "mariadbd"),
        Debian("slapd", "slapd"),
        Debian("samba", "samba"),
        Debian("rabbitmq", "rabbitmq-server"),
        new(
            "kafka",
            "eng/servers/kafka",
            () => Programs.Find("java") is not null ? Existing(Path.Combine(KafkaServer.Libraries, "kafka_2.11-0.9.0.1.jar")) : null),
        new(
            "scimmy",
            "eng/servers/scimmy",
            () => Programs.Find("node") is not null ? Existing(Path.Combine(ScimmyServer.Home, "node_modules", "scimmy-routers", "package.json")) : null),
        new(
            "json-server",
            "eng/servers/json-server",
            () => Programs.Find("node") is not null ? Existing(Path.Combine(JsonServer.Home, "node_modules", "json-server", "package.json")) : null),
        new("small disk", "sudo (mounting one needs root, in a container also the capability SYS_ADMIN)", SmallDisk.Find),
        Debian("chromium", "chromium"),
    ];

    /// <summary>Where the project's scripts keep servers that are downloaded once per machine.</summary>
    public static string Cache =>
        Environment.GetEnvironmentVariable("HERMES_SERVER_CACHE")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "hermes");

    /// <summary>The server of this name.</summary>
    public static ServerSoftware Named(string name) =>
        All.FirstOrDefault(software => software.Name == name)
        ?? throw new ArgumentException($"No server is called '{name}'; known are {string.Join(", ", All.Select(software => software.Name))}.", nameof(name));

    /// <summary>Null when the server is on this machine; otherwise what is missing and how to install it.</summary>
    public string? Missing() =>
        Find() is null ? $"The server '{Name}' is not on this machine. Get it with: {Install}" : null;

    /// <summary>The path of a program of an installed server.</summary>
    /// <exception cref="FileNotFoundException">It is not on this machine; the message tells how to install it.</exception>
    public static string Program(string name, string server) =>
        Programs.Find(name) ?? throw new FileNotFoundException($"The program '{name}' is not on this machine. Install it with: {Named(server).Install}");

    private static ServerSoftware Debian(string name, string program) =>
        new(name, $"eng/servers/install {name}", () => Programs.Find(program));

    private static string? Existing(string file) => File.Exists(file) ? file : null;
}
