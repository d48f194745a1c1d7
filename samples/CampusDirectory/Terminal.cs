using Hermes.ClientRuntime.Control;
using Hermes.ServerRuntime.Control;
using Spectre.Console;

namespace CampusDirectory;

/// <summary>Tells on the terminal what happens.</summary>
internal static class Terminal
{
    /// <summary>Writes plain lines, as long as they are, where the output goes into a file.</summary>
    public static void Prepare()
    {
        if (!Console.IsOutputRedirected)
            return;
        AnsiConsole.Profile.Capabilities.Ansi = false;
        AnsiConsole.Profile.Width = 160;
    }

    public static void Title(string text)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule($"[bold]{Markup.Escape(text)}[/]").LeftJustified());
    }

    public static void Note(string text) => AnsiConsole.MarkupLine($"[grey]{Markup.Escape(text)}[/]");

    public static void Edit(SourceEdit edit) => AnsiConsole.MarkupLine($"[grey]{Markup.Escape(edit.Text)}[/]");

    public static void Poll(PollResult result) => AnsiConsole.MarkupLine(result.Error is { } error
        ? $"[red]The poll failed: {Markup.Escape(error)}[/]"
        : $"seen   [green]{result.Added} added[/], [blue]{result.Modified} modified[/], [red]{result.Removed} removed[/]");

    public static void Known(ServerStatus server) =>
        AnsiConsole.MarkupLine("seen   " + string.Join(", ", server.Types.Select(type => $"[green]{type.Entries}[/] {type.Name}")));

    public static void InLdap(DirectoryEntries entries) =>
        AnsiConsole.MarkupLine("in LDAP " + Markup.Escape(string.Join("\n        ", entries.Keys)));

    public static void InLdap(DirectoryEntries before, DirectoryEntries after)
    {
        AnsiConsole.MarkupLine("in LDAP");
        foreach (var entry in DirectoryEntries.Difference(before, after))
            AnsiConsole.MarkupLine("        " + string.Join("\n        ", Describe(entry)));
    }

    public static void Check(IReadOnlyList<EntryDifference> differences)
    {
        AnsiConsole.MarkupLine(differences.Count == 0
            ? "[green]checked[/]: LDAP equals the sources"
            : $"[red]LDAP differs from the sources in {differences.Count} entries[/] (- is missing, + should not be there):");
        foreach (var entry in differences)
            AnsiConsole.MarkupLine("        " + string.Join("\n        ", Describe(entry)));
    }

    /// <summary>Waits for work, with a spinner where somebody watches.</summary>
    public static async Task<T> WhileAsync<T>(string what, Task<T> work)
    {
        await WhileAsync(what, (Task)work);
        return await work;
    }

    /// <summary>Waits for work, with a spinner where somebody watches.</summary>
    public static Task WhileAsync(string what, Task work) => AnsiConsole.Profile.Capabilities.Interactive
        ? AnsiConsole.Status().StartAsync(Markup.Escape(what), _ => work)
        : work;

    public static void Summary(ServerStatus server, ClientStatus client, int checks, int differences)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("type", "entries", "left out by the integrity constraint");
        foreach (var type in server.Types)
            table.AddRow(Markup.Escape(type.Name), $"{type.Entries}", $"{type.IntegrityFiltered.Count}");
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine($"waiting in the outbox: {server.OutboxLength}, in the client's error queue: {client.QueuedEvents}");
        AnsiConsole.MarkupLine(differences == 0
            ? $"[green]LDAP equalled the sources[/] in all {checks} comparisons: at the start and after each change, by attribute."
            : $"[red]LDAP differed from the sources in {differences} of {checks} comparisons.[/]");
    }

    public static void BrokenOff(ServerStatus server, ClientStatus client)
    {
        AnsiConsole.MarkupLine("[red]Broken off before the end.[/]");
        foreach (var (who, error) in new[] { ("server", server.LastError?.Message), ("client", client.LastError) })
            AnsiConsole.MarkupLine(Markup.Escape($"the {who}'s last error: {error ?? "none"}"));
    }

    private static IEnumerable<string> Describe(EntryDifference entry)
    {
        yield return Markup.Escape(entry.Dn) + (entry.IsNew ? " [green]is new[/]" : entry.IsGone ? " [red]is gone[/]" : "");
        foreach (var line in entry.IsGone ? [] : entry.Less)
            yield return $"  [red]- {Markup.Escape(line)}[/]";
        foreach (var line in entry.More)
            yield return $"  [green]+ {Markup.Escape(line)}[/]";
    }
}
