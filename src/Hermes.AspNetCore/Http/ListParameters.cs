using System.Globalization;
using System.Text.Json;
using Hermes.Abstractions.Data;
using Hermes.Runtime.Lists;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Hermes.AspNetCore.Http;

/// <summary>Queries of lists as parameters of an address, and back.</summary>
internal static class ListParameters
{
    private static readonly string[] Filters = ["type", "key", "keyPrefix", "text", "kind", "state", "group", "from", "until"];
    private static readonly string[] Known = [.. Filters, "size", "cursor", "total"];

    /// <exception cref="RefusedException">A parameter is not known, or does not say what it should.</exception>
    public static ListQuery Read(IQueryCollection query)
    {
        if (query.Keys.FirstOrDefault(name => !Known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw RefusedException.BadRequest($"There is no parameter '{unknown}'. There are {string.Join(", ", Known)}.");
        var text = Reader(name => query[name]);
        return new ListQuery
        {
            Filter = ReadFilter(name => query[name]),
            Size = text("size") is not { } size ? ListQuery.First.Size
                : int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
                : throw RefusedException.BadRequest($"The parameter 'size' is a number from 1 to {ListQuery.MaxSize}."),
            Cursor = text("cursor"),
            WithTotal = text("total") is { } total
                && (bool.TryParse(total, out var isWanted) ? isWanted : throw RefusedException.BadRequest("The parameter 'total' is true or false.")),
        };
    }

    /// <exception cref="RefusedException">A parameter does not say what it should.</exception>
    public static ListFilter ReadFilter(Func<string, StringValues> values)
    {
        var text = Reader(values);
        return new ListFilter
        {
            Type = text("type"),
            Key = text("key") is { } key ? ReadKey(key) : null,
            KeyPrefix = text("keyPrefix"),
            Text = text("text"),
            Kind = text("kind"),
            State = text("state"),
            Group = text("group"),
            From = ReadTime("from"),
            Until = ReadTime("until"),
        };

        DateTimeOffset? ReadTime(string name) => text(name) is not { } value ? null
            : DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
            : throw RefusedException.BadRequest($"The parameter '{name}' is a time, such as 2026-03-01T12:00:00Z.");
    }

    /// <summary>A filter as it stands in an address or a form: only what it says.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Write(ListFilter filter)
    {
        string?[] values =
        [
            filter.Type, filter.Key is { } key ? WriteKey(key) : null, filter.KeyPrefix, filter.Text, filter.Kind, filter.State, filter.Group,
            filter.From?.ToString("O", CultureInfo.InvariantCulture), filter.Until?.ToString("O", CultureInfo.InvariantCulture),
        ];
        return Filters.Zip(values).Where(pair => pair.Second is not null).Select(pair => KeyValuePair.Create(pair.First, pair.Second!));
    }

    /// <summary>A key as JSON.</summary>
    public static string WriteKey(EntryKey key) => JsonSerializer.Serialize(key);

    /// <summary>A key: JSON as in the answers, and what is no JSON is a text.</summary>
    public static EntryKey ReadKey(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<EntryKey>(text);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return EntryKey.Of(text);
        }
    }

    // A field of a form that was left empty says nothing.
    private static Func<string, string?> Reader(Func<string, StringValues> values) => name => values(name) switch
    {
        { Count: > 1 } => throw RefusedException.BadRequest($"The parameter '{name}' stands there more than once."),
        [{ Length: > 0 } value] => value,
        _ => null,
    };
}
