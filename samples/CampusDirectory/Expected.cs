namespace CampusDirectory;

/// <summary>What the directory should hold, worked out from the sources without any of Hermes.</summary>
internal static class Expected
{
    public static async Task<DirectoryEntries> FromAsync(Registry registry, Office office)
    {
        var contacts = office.Read("contacts.csv").ToDictionary(contact => contact[0]!);
        var people = (await registry.QueryAsync("select person_id, login, first_name, last_name from people where left_on is null"))
            .ToDictionary(person => person[0]!);
        var groups = (await registry.QueryAsync("select group_id, name, description from groups")).Concat(office.Read("clubs.csv"));
        var members = (await registry.QueryAsync("select group_id, person_id from memberships")).Concat(office.Read("club-members.csv"))
            .ToLookup(membership => membership[0], membership => people.GetValueOrDefault(membership[1]!));

        var entries = new DirectoryEntries();
        foreach (var (id, person) in people)
        {
            var contact = contacts.GetValueOrDefault(id, new string?[4]);
            entries.Add(DnOf(person),
            [
                ("objectClass", "inetOrgPerson"), ("uid", person[1]), ("employeeNumber", id),
                ("cn", $"{person[2]} {person[3]}"), ("givenName", person[2]), ("sn", person[3]),
                ("mail", contact[1]), ("telephoneNumber", contact[2]), ("roomNumber", contact[3]),
            ]);
        }

        foreach (var group in groups)
        {
            entries.Add($"cn={group[1]},ou=groups,dc=campus,dc=example",
            [
                ("objectClass", "groupOfNames"), ("cn", group[1]), ("description", group[2]), ("member", "cn=nobody"),
                .. members[group[0]].OfType<string?[]>().Select(person => ("member", (string?)DnOf(person))),
            ]);
        }

        return entries;
    }

    private static string DnOf(string?[] person) => $"uid={person[1]},ou=people,dc=campus,dc=example";
}
