using System.Globalization;
using Hermes.Abstractions.Data;

namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>The keys that the campus gives its entries, and what stays of them when a key changes.</summary>
internal static class CampusKeys
{
    public static EntryKey OfRoom(ServerSettings server, string building, string number) => server.RoomKey switch
    {
        RoomKey.Code => EntryKey.Of(building + number),
        RoomKey.BuildingNumber => EntryKey.Of(building, number),
        _ => EntryKey.Of(number, building),
    };

    public static EntryKey OfMember(ServerSettings server, string user, string group) =>
        server.GroupComesFirst ? EntryKey.Of(group, user) : EntryKey.Of(user, group);

    /// <summary>The same for an entry whatever key the server gives it: user and group, or the code of a room.</summary>
    public static EntryKey Lasting(string type, EntryKey key) => type switch
    {
        _ when !key.IsTuple => key,
        "Members" or "SRVMembers" => IsNumber(key[0]) ? key : EntryKey.Of(key[1], key[0]),
        _ => IsNumber(key[0]) ? EntryKey.Of($"{key[1]}{key[0]}") : EntryKey.Of($"{key[0]}{key[1]}"),
    };

    private static bool IsNumber(Value part) => int.TryParse(part.AsString(), CultureInfo.InvariantCulture, out _);
}
