using System.Text.Json.Nodes;

namespace Hermes.Tool.Control;

/// <summary>What came of what a server or client was to do, for programs and for people. Pure.</summary>
internal static class Acted
{
    /// <summary>As JSON: who, whether it has ended, and the outcome of a poll.</summary>
    public static JsonObject Result(Participant who, HostAnswer answer)
    {
        var result = new JsonObject { [who.Kind] = who.Name, ["hasEnded"] = answer.HasEnded };
        if (answer is { HasEnded: true, Body: JsonObject poll })
        {
            foreach (var (name, value) in poll)
                result[name] = value?.DeepClone();
        }

        return result;
    }

    /// <summary>As a line.</summary>
    public static string Text(string act, HostAnswer answer) => answer switch
    {
        { HasEnded: false } => $"{act} is begun and goes on",
        { Body: JsonObject poll } when poll["error"] is { } error => $"{act} failed: {error}",
        { Body: JsonObject poll } => $"{act} is done: {poll["added"]} added, {poll["modified"]} modified, {poll["removed"]} removed, {poll["held"]} held",
        _ => $"{act} is done",
    };
}
