namespace Trimmed;

/// <summary>What would stand in <c>appsettings.json</c>.</summary>
internal static class Settings
{
    public const string Json = """
        {
          "Hermes": {
            "Servers": {
              "campus": {
                "PollInterval": "00:05:00",
                "InitSyncAtFirstPoll": true,
                "State": { "Kind": "Sqlite", "Path": "server.db" },
                "Bus": { "Kind": "Sqlite", "Path": "bus.db" },
                "Sources": { "office": { "Kind": "Csv", "Path": "." } },
                "DataTypes": [
                  {
                    "Name": "People", "Key": ["id"],
                    "Sources": [ { "Source": "office", "Fetch": "people.csv", "Mapping": { "id": "id", "login": "login", "name": "name" } } ]
                  }
                ]
              }
            },
            "Clients": {
              "files": {
                "State": { "Kind": "Sqlite", "Path": "files.db" },
                "Bus": { "Kind": "Sqlite", "Path": "bus.db" },
                "Target": { "Kind": "Folder", "Folder": "accounts" },
                "DataTypes": [ { "Name": "Account", "From": "People", "Mapping": { "label": "{{ name ~ ' <' ~ login ~ '>' }}" } } ]
              },
              "handler": {
                "State": { "Kind": "Sqlite", "Path": "handler.db" },
                "Bus": { "Kind": "Sqlite", "Path": "bus.db" },
                "DataTypes": [ { "Name": "Person", "From": "People", "Mapping": { "login": "login", "full_name": "name" } } ]
              }
            }
          }
        }
        """;
}
