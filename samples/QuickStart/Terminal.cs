using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Control;
using Hermes.Events;
using Hermes.ServerRuntime.Control;
using Spectre.Console;

namespace QuickStart;

/// <summary>Tells on the terminal what happens.</summary>
internal static class Terminal
{
    private const int MostEventsShown = 12;

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

    public static void Change(string title, string sql)
    {
        AnsiConsole.MarkupLine($"[yellow]{Markup.Escape(title)}[/]");
        AnsiConsole.MarkupLine($"[grey]    {Markup.Escape(string.Join("\n    ", sql.Split('\n').Select(line => line.TrimEnd())))}[/]");
    }

    public static void Poll(PollResult result) => AnsiConsole.MarkupLine(result.Error is { } error
        ? $"[red]The poll failed: {Markup.Escape(error)}[/]"
        : $"seen   [green]{result.Added} added[/], [blue]{result.Modified} modified[/], [red]{result.Removed} removed[/]");

    public static void Known(ServerStatus server) =>
        AnsiConsole.MarkupLine("seen   " + string.Join(", ", server.Types.Select(type => $"[green]{type.Entries}[/] {Markup.Escape(type.Name)}")));

    public static void Events(IReadOnlyList<HermesEvent> events, ClientStatus client)
    {
        AnsiConsole.MarkupLine($"sent   {events.Count} events");
        foreach (var @event in events.Take(MostEventsShown))
            AnsiConsole.MarkupLine("         " + Describe(@event));
        if (events.Count > MostEventsShown)
            AnsiConsole.MarkupLine($"         [grey]... and {events.Count - MostEventsShown} more[/]");
        AnsiConsole.MarkupLine(client.QueuedEvents == 0
            ? "applied all of them: the client has caught up, and its error queue is empty"
            : $"[red]{client.QueuedEvents} events wait in the client's error queue[/]");
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

    public static void Summary(ServerStatus server, ClientStatus client, IReadOnlyList<string> difference, DataFolder folder)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("type", "entries", "left out by the integrity constraint");
        foreach (var type in server.Types)
            table.AddRow(Markup.Escape(type.Name), $"{type.Entries}", $"{type.IntegrityFiltered.Count}");
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine($"waiting in the outbox: {server.OutboxLength}, in the client's error queue: {client.QueuedEvents}");
        AnsiConsole.MarkupLine(difference.Count == 0
            ? "[green]The target equals the source[/], checked file by file against the database."
            : $"[red]The target differs from the source in {difference.Count} places:[/]\n{Markup.Escape(string.Join('\n', difference.Take(20)))}");
        AnsiConsole.MarkupLine($"Look into [bold]{Markup.Escape(folder.Path)}[/]: the database, the bus, the states, and the target, a file per entry.");
    }

    private static string Describe(HermesEvent @event) => @event switch
    {
        AddedEvent added => $"[green]added[/]    {Name(added)} {Show(added.Attributes)}",
        ModifiedEvent modified => $"[blue]modified[/] {Name(modified)} {Show(modified.Changes.Added)}{Show(modified.Changes.Modified)}"
            + string.Concat(modified.Changes.Removed.Select(name => $" [red]-{Markup.Escape(name)}[/]")),
        RemovedEvent removed => $"[red]removed[/]  {Name(removed)}",
        InitStartEvent => "[grey]init-start: all there is follows[/]",
        InitStopEvent => "[grey]init-stop[/]",
        DataSchemaEvent => "[grey]dataschema[/]",
        _ => @event.GetType().Name,
    };

    private static string Name(EntryEvent @event) => Markup.Escape($"{@event.Type}[{@event.Key}]");

    private static string Show(Entry attributes) =>
        $"[grey]{Markup.Escape(string.Join(", ", attributes.Select(attribute => $"{attribute.Key}: {attribute.Value}")))}[/]";
}
