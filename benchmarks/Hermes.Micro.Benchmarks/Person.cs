using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.Events;

namespace Hermes.Micro.Benchmarks;

/// <summary>A user of eleven attributes, and what happens to it.</summary>
internal static class Person
{
    public static readonly EntryKey Key = EntryKey.Of(4711);

    public static readonly EventStamp Stamp = new(
        "0af7651916cd43dd8448eb211c80319c", 123_456, DateTimeOffset.Parse("2026-03-04T05:06:07Z", CultureInfo.InvariantCulture));

    public static readonly Entry Before = Entry.Of(
        ("active", true),
        ("birthday", new DateTime(1984, 5, 6)),
        ("first_name", "Élodie"),
        ("last_name", "Šimková"),
        ("login", "esimkova"),
        ("mail", "elodie.simkova@campus.example"),
        ("middle_name", "Anne"),
        ("quota", 12.5),
        ("room", "B 3.117"),
        ("specialties", ValueList.Create((IEnumerable<Value>)["chemistry", "statistics"])),
        ("user_id", 4711));

    public static readonly Entry After = Before.With("room", "C 1.004").With("middle_name", Value.Null);

    public static readonly AddedEvent Added = new("Users", Key, Before, EventCategory.Base);

    public static readonly ModifiedEvent Modified = new("Users", Key, new AttributeChanges(Entry.Empty, Entry.Of(("room", "C 1.004")), ["middle_name"]));
}
