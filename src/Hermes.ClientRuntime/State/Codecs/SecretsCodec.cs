using Hermes.Abstractions.Data;
using Hermes.Diff.Encoding;

namespace Hermes.ClientRuntime.State.Codecs;

/// <summary>The secret attributes of an event as bytes, to be encrypted.</summary>
internal static class SecretsCodec
{
    public static byte[] Encode(EventSecrets secrets) => EntryCodec.Encode(Entry.Of(("remote", Write(secrets.Remote)), ("local", Write(secrets.Local))));

    public static EventSecrets Decode(byte[] content)
    {
        var entry = EntryCodec.Decode(content);
        return new EventSecrets(Read(entry.Get("remote")), Read(entry.Get("local")));
    }

    private static Value Write(AttributeChanges changes) => ValueMap.Create(new Dictionary<string, Value>
    {
        ["added"] = ValueMap.Create(changes.Added),
        ["modified"] = ValueMap.Create(changes.Modified),
        ["removed"] = ValueList.Create(changes.Removed.Select(Value.From)),
    });

    private static AttributeChanges Read(Value value)
    {
        var map = value.AsMap();
        return new AttributeChanges(Entry.Create(map["added"].AsMap()), Entry.Create(map["modified"].AsMap()), [.. map["removed"].AsList().Select(name => name.AsString())]);
    }
}
