namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>What tells a room from the others.</summary>
internal enum RoomKey
{
    /// <summary>Its code, such as <c>A1</c>.</summary>
    Code,

    /// <summary>Its building and its number.</summary>
    BuildingNumber,

    /// <summary>The same the other way round.</summary>
    NumberBuilding,
}

/// <summary>What of the server's data model is drawn for a history.</summary>
/// <param name="HasMail">Whether it sends the mail of users.</param>
/// <param name="RoomKey">The key of rooms.</param>
/// <param name="GroupComesFirst">Whether the key of memberships is group and user, not user and group.</param>
internal sealed record ServerSettings(bool HasMail, RoomKey RoomKey, bool GroupComesFirst)
{
    public static ServerSettings First { get; } = new(true, RoomKey.Code, false);

    public static ServerSettings Draw(Random random) => new(random.Next(2) == 0, (RoomKey)random.Next(3), random.Next(2) == 0);
}
