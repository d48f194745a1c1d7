namespace Hermes.Tool.Tests.Mistakes;

/// <summary>What people do wrong in a configuration.</summary>
internal static class TypicalMistakes
{
    private const string Login = """login: "{{ login | lower }}" """;

    public static readonly Mistake[] All =
    [
        // The language.
        new("a tab", "    PollInterval: 00:05:00", "\tPollInterval: 00:05:00"),
        new("no space after a colon", "PollInterval: 00:05:00", "PollInterval:00:05:00"),
        new("a line indented too far", "    PollInterval: 00:05:00\n    State", "    PollInterval: 00:05:00\n      State"),
        new("a line indented too little", "    Bus: { Kind: Sqlite, Path: bus.db }\n    Sources", "   Bus: { Kind: Sqlite, Path: bus.db }\n    Sources"),
        new("a template without quotes", Login.Trim(), "login: {{ login | lower }}"),
        new("a template without quotes and with a text", "\"{{ login }}@campus.example\"", "{{ login }}@campus.example"),
        new("a template without quotes and with texts in it", Login.Trim(), "login: {{ last ~ ', ' ~ first }}"),
        new("a statement without quotes", Login.Trim(), "login: {% if login %}x{% endif %}"),
        new("an at sign without quotes", "From: People", "From: @People"),
        new("a text with a colon without quotes", "Fetch: people.csv", "Fetch: file: people.csv"),
        new("a quote that is not closed", "\"{{ login | lower }}\"", "\"{{ login | lower }}"),
        new("a backslash in double quotes", "Folder: accounts", "Folder: \"C:\\data\\accounts\""),
        new("a bracket that is not closed", "Key: id\n        Sources:\n          - Source: office", "Key: [id\n        Sources:\n          - Source: office"),
        new("a brace that is not closed", "{ id: id, name: name }", "{ id: id, name: name"),
        new("a comma that is missing", "{ id: id, name: name }", "{ id: id name: name }"),
        new("an unknown anchor", "Bus: { Kind: Sqlite, Path: bus.db }\n    Sources", "Bus: *bus\n    Sources"),
        new("something other than a section taken over", "PollInterval: 00:05:00", "<<: common\n    PollInterval: 00:05:00"),
        new("a tag of another program", "Folder: accounts", "Folder: !include accounts.txt"),
        new("two documents", "Clients:\n", "---\nClients:\n"),
        new("a setting twice", "PollInterval: 00:05:00", "PollInterval: 00:05:00\n    PollInterval: 00:10:00"),
        new("a setting twice in other letters", "PollInterval: 00:05:00", "PollInterval: 00:05:00\n    pollinterval: 00:10:00"),
        new("a section twice", "    Target:\n", "    Bus: { Kind: Kafka }\n    Target:\n"),
        new("names joined by colons", "    PollInterval: 00:05:00", "    \"Retry:FirstDelay\": 00:00:05\n    PollInterval: 00:05:00"),
        new("nothing but a text", Mistake.Campus, "hermes\n"),
        new("a list at the top", Mistake.Campus, "- Servers: { }\n"),
        new("an empty file", Mistake.Campus, "# nothing yet\n"),

        // Names.
        new("a setting misspelt", "PollInterval:", "PollIntervall:"),
        new("a setting at the wrong place", "PollInterval: 00:05:00", "PollInterval: 00:05:00\n    RetryInterval: 00:05:00"),
        new("a section misspelt at the top", "Clients:\n", "Client:\n"),
        new("a setting of a part misspelt", "Folder: accounts", "Foldr: accounts"),
        new("a setting of a data type misspelt", "Key: id\n        Sources:\n          - Source: registry", "Keys: id\n        Sources:\n          - Source: registry"),
        new("a kind misspelt", "{ Kind: Csv,", "{ Kind: CVS,"),
        new("a kind of another part", "Kind: Folder", "Kind: Csv"),
        new("a kind that is missing", "State: { Kind: Sqlite, Path: server.db }", "State: { Path: server.db }"),
        new("a driver misspelt", "Provider: Sqlite", "Provider: SQLite3"),
        new("a source misspelt", "Source: office", "Source: ofice"),
        new("a parent that is not there", "Name: People\n        Key: id", "Name: People\n        Key: id\n        ForeignKeys: { id: { Type: Persons, Attribute: id } }"),

        // Values.
        new("a time in words", "PollInterval: 00:05:00", "PollInterval: 5 minutes"),
        new("a time that is empty", "PollInterval: 00:05:00", "PollInterval:"),
        new("a time that is not positive", "PollInterval: 00:05:00", "PollInterval: -00:05:00"),
        new("yes for true", "PollInterval: 00:05:00", "PollInterval: 00:05:00\n    InitSyncAtFirstPoll: yes"),
        new("a share of more than all", "PollInterval: 00:05:00", "PollInterval: 00:05:00\n    RemovalGuard: { MaxPercent: 200 }"),
        new("a number in words", "PollInterval: 00:05:00", "PollInterval: 00:05:00\n    RemovalGuard: { MinEntries: ten }"),
        new(
            "a choice misspelt",
            "Key: id\n        Sources:\n          - Source: office",
            "Key: id\n        OnMergeConflict: UseCache\n        Sources:\n          - Source: office"),
        new("a list for a text", "Folder: accounts", "Folder: [accounts]"),
        new("a text for a section", "State: { Kind: Sqlite, Path: files.db }", "State: files.db"),
        new(
            "names for a list",
            "      - Name: Account\n        From: People\n        Mapping:\n          login: login\n          mail:",
            "      Account:\n        From: People\n        Mapping:\n          login: login\n          mail:"),
        new Mistake("a list for names", "          login: login\n", "          - login\n").With("          mail: ", "          - "),
        new("servers as a list", "  campus:\n    PollInterval", "  - Name: campus\n    PollInterval"),

        // What is missing.
        new("no time between polls", "    PollInterval: 00:05:00\n", ""),
        new("no bus", "    Bus: { Kind: Sqlite, Path: bus.db }\n    Target", "    Target"),
        new("no state", "    State: { Kind: Sqlite, Path: files.db }\n", ""),
        new("no target", "    Target:\n      Kind: Folder\n      Folder: accounts\n", ""),
        new("no folder", "      Folder: accounts\n", ""),
        new("no connection string", "        ConnectionString: Data Source=registry.db\n", ""),
        new("no key", "        Key: id\n        Sources:\n          - Source: office", "        Sources:\n          - Source: office"),
        new("a key that is not mapped", "              id: id\n", ""),
        new("no source of a data type", "        From: People\n", ""),
        new("neither server nor client", Mistake.Campus, "Templates: Jinja\n"),

        // The data model.
        new("a template that cannot be read", "{{ login | lower }}", "{{ login | lower"),
        new("an unknown filter", "{{ login | lower }}", "{{ login | lowercase }}"),
        new("a mapping that is text and template", "{{ login | lower }}", "{{ login | lower }}@campus"),
        new("a data type twice", "Name: People", "Name: Groups"),
        new("a connection string the driver does not take", "Data Source=registry.db", "Datenbank=registry.db"),

        // Secrets.
        new("a secret in the file", "PollInterval: 00:05:00", "PollInterval: 00:05:00\n    SigningKey: 0123456789abcdef0123456789abcdef"),
        new("a secret that is too short", "PollInterval: 00:05:00", "PollInterval: 00:05:00\n    SigningKey: ${env:SHORT_KEY}"),
        new("a variable that is not set", "Data Source=registry.db", "Data Source=registry.db;Password=${env:DB_PASSWORD}"),
        new("a file of a secret that is not there", "Data Source=registry.db", "Data Source=registry.db;Password=${file:/run/secrets/hermes-is-not-there}"),
        new("a credential without systemd", "Data Source=registry.db", "Data Source=registry.db;Password=${cred:db}"),
        new("a reference of an unknown kind", "Data Source=registry.db", "Data Source=registry.db;Password=${evn:DB_PASSWORD}"),
        new("a reference that is not closed", "Data Source=registry.db", "Data Source=registry.db;Password=${env:DB_PASSWORD"),

        // Where the host answers.
        Http("an address without a scheme", "Url: localhost:5080"),
        Http("an address with a path", "Url: http://localhost:5080/hermes"),
        Http("an address over http for all", "Url: http://0.0.0.0:5080"),
        Http("an address over https without a certificate", "Url: https://0.0.0.0:8443"),
        Http("a certificate that is not there", "Url: https://0.0.0.0:8443, Certificate: { Path: host.pem, KeyPath: host.key }"),
        Http("a certificate without its file", "Url: https://0.0.0.0:8443, Certificate: { KeyPath: host.key }"),
        Http("a certificate over http", "Url: http://localhost:5080, Certificate: { Path: host.pem }"),
        Http("a setting of http misspelt", "Sockt: hermes.sock, Url: http://localhost:5080"),
        Http("a path too long for a socket", $"Socket: /{new string('a', 120)}"),
        Http("a mode of a socket in letters", "Socket: hermes.sock, SocketMode: rw"),
        Http("a mode of a socket without a socket", "Url: http://localhost:5080, SocketMode: 660"),
        Http("a token that is too short", "Url: http://localhost:5080, Token: '${env:SHORT_KEY}'"),
        Http("a token in the file", "Url: http://localhost:5080, Token: 0123456789abcdef0123456789abcdef"),
        Http("a token without an address", "Socket: hermes.sock, Token: '${env:LONG_KEY}'"),
        Http("a section that opens nothing", "Dashboard: true"),
        Http("yes for a dashboard", "Socket: hermes.sock, Dashboard: yes"),
        new("an address for a section", "Clients:\n", "Http: http://localhost:5080\nClients:\n"),

        // Several at once.
        new Mistake("three mistakes at once", "PollInterval: 00:05:00", "PollIntervall: 00:05:00")
            .With("Kind: Folder", "Kind: Foldr").With("Fetch: people.csv", "Fetsh: people.csv"),
    ];

    private static Mistake Http(string name, string settings) => new(name, "Clients:\n", $"Http: {{ {settings} }}\nClients:\n");
}
