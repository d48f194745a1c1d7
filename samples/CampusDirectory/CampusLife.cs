namespace CampusDirectory;

/// <summary>What happens in a few days: each change is made in one of the sources, or in both.</summary>
internal sealed class CampusLife(Registry registry, Office office)
{
    public IReadOnlyList<Change> Days =>
    [
        new(
            "Grace Hopper is hired",
            [
                Sql("insert into people values (8, 'ghopper', 'Grace', 'Hopper', null)"),
                Sql("insert into memberships values ('d-cs', 8)"),
                Csv("contacts.csv", "", "8,grace.hopper@campus.example,+33 5 00 00 00 08,B 208"),
            ]),
        new(
            "Ada Byron marries, and gets another login: her entry is renamed, and her groups follow",
            [Sql("update people set last_name = 'Lovelace', login = 'alovelace' where person_id = 1")]),
        new(
            "Alan Turing gets another mail address, in the office's file only",
            [
                Csv(
                    "contacts.csv",
                    "2,alan.turing@campus.example,+33 5 00 00 00 02,B 202",
                    "2,a.m.turing@campus.example,+33 5 00 00 00 02,B 202"),
            ]),
        new(
            "Barbara Liskov moves to another department, Emmy Noether to another club",
            [
                Sql("update memberships set group_id = 'd-cs' where group_id = 'd-math' and person_id = 4"),
                Csv("club-members.csv", "c-chess,6", "c-choir,6"),
            ]),
        new(
            "Edsger Dijkstra leaves; what the office still has of him does not matter",
            [Sql("update people set left_on = current_date where person_id = 3")]),
    ];

    private SourceEdit Sql(string sql) => new($"sql> {sql}", () => registry.ExecuteAsync(sql));

    private SourceEdit Csv(string file, string before, string after)
    {
        string[] lines = [.. before.Length == 0 ? [] : new[] { $"{file}: - {before}" }, $"{file}: + {after}"];
        return new(string.Join('\n', lines), () => office.ReplaceAsync(file, before, after));
    }
}

/// <summary>Something that happens.</summary>
/// <param name="Title">What.</param>
/// <param name="Edits">How it shows in the sources.</param>
internal sealed record Change(string Title, IReadOnlyList<SourceEdit> Edits);

/// <summary>An edit of a source.</summary>
/// <param name="Text">What is written.</param>
/// <param name="MakeAsync">Writes it.</param>
internal sealed record SourceEdit(string Text, Func<Task> MakeAsync);
