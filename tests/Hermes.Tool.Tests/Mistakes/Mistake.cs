namespace Hermes.Tool.Tests.Mistakes;

/// <summary>A typical mistake: a part of <see cref="Campus"/>, and what somebody wrote instead.</summary>
/// <param name="Name">What was done wrong, in words of a file name.</param>
/// <param name="Right">What stands in the file.</param>
/// <param name="Wrong">What somebody wrote in its place.</param>
internal sealed record Mistake(string Name, string Right, string Wrong)
{
    /// <summary>A configuration without a mistake.</summary>
    public const string Campus = """
        Servers:
          campus:
            PollInterval: 00:05:00
            State: { Kind: Sqlite, Path: server.db }
            Bus: { Kind: Sqlite, Path: bus.db }
            Sources:
              office: { Kind: Csv, Path: . }
              registry:
                Kind: Sql
                Provider: Sqlite
                ConnectionString: Data Source=registry.db
            DataTypes:
              - Name: Groups
                Key: id
                Sources:
                  - Source: registry
                    Fetch: select id, name from groups
                    Mapping: { id: id, name: name }
              - Name: People
                Key: id
                Sources:
                  - Source: office
                    Fetch: people.csv
                    Mapping:
                      id: id
                      login: "{{ login | lower }}"
        Clients:
          files:
            State: { Kind: Sqlite, Path: files.db }
            Bus: { Kind: Sqlite, Path: bus.db }
            Target:
              Kind: Folder
              Folder: accounts
            DataTypes:
              - Name: Account
                From: People
                Mapping:
                  login: login
                  mail: "{{ login }}@campus.example"

        """;

    private readonly List<(string Right, string Wrong)> _parts = [(Right, Wrong)];

    /// <summary>Another part that somebody wrote differently.</summary>
    public Mistake With(string right, string wrong)
    {
        _parts.Add((right, wrong));
        return this;
    }

    /// <summary>The configuration with the mistake.</summary>
    public string Text()
    {
        var text = Campus;
        foreach (var (right, wrong) in _parts)
        {
            var at = text.IndexOf(right, StringComparison.Ordinal);
            at.Should().BeGreaterThanOrEqualTo(0, $"'{right}' is to be replaced");
            text = text[..at] + wrong + text[(at + right.Length)..];
        }

        return text;
    }
}
