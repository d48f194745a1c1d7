using System.Text.Json.Nodes;

namespace Hermes.Tool.Output;

/// <summary>Writes objects member by member.</summary>
internal static class EntryText
{
    /// <summary>Writes the members of an object, those of objects in it indented.</summary>
    public static void WriteMembers(Answers answers, JsonObject members, string indent)
    {
        var width = members.Count == 0 ? 0 : members.Max(member => member.Key.Length);
        foreach (var (name, value) in members)
        {
            if (value is JsonObject { Count: > 0 } nested)
            {
                answers.Write($"{indent}{name}");
                WriteMembers(answers, nested, indent + "  ");
            }
            else if (value is not null)
            {
                answers.Write($"{indent}{name.PadRight(width)}  {Shown.Value(value)}");
            }
        }
    }
}
