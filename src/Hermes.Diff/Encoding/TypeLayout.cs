using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Diff.Model;

namespace Hermes.Diff.Encoding;

/// <summary>Which attributes of a type go where, as indexes into its attributes, with their encoded names.</summary>
internal sealed class TypeLayout
{
    private readonly int[] _all;

    public TypeLayout(ImmutableArray<TypeAttribute> attributes, ImmutableArray<string> key)
    {
        Names = [.. attributes.Select(attribute => attribute.Name)];
        _all = [.. Enumerable.Range(0, attributes.Length)];
        EncodedNames = [.. Names.Select(Encode)];
        KeyAttributes = [.. Names.Select(name => key.Contains(name))];
        Sent = Select(attributes, AttributeRole.Sent);
        CacheOnly = Select(attributes, AttributeRole.CacheOnly);
        Secret = Select(attributes, AttributeRole.Secret);
    }

    public string[] Names { get; }

    public byte[][] EncodedNames { get; }

    /// <summary>Per attribute whether it is part of the key.</summary>
    public bool[] KeyAttributes { get; }

    public int[] Sent { get; }

    public int[] CacheOnly { get; }

    public int[] Secret { get; }

    /// <summary>The entry that some of the attributes make; they must be in ascending order.</summary>
    public Entry Select(ReadOnlySpan<int> attributes, ReadOnlySpan<Value> values)
    {
        var count = 0;
        foreach (var attribute in attributes)
            count += values[attribute].IsSet ? 1 : 0;
        if (count == 0)
            return Entry.Empty;

        var names = new string[count];
        var set = new Value[count];
        var next = 0;
        foreach (var attribute in attributes)
        {
            if (!values[attribute].IsSet)
                continue;
            names[next] = Names[attribute];
            set[next++] = values[attribute];
        }

        return Entry.FromSorted(names, set);
    }

    /// <summary>The entry that all attributes make.</summary>
    public Entry SelectAll(ReadOnlySpan<Value> values) => Select(_all, values);

    private static int[] Select(ImmutableArray<TypeAttribute> attributes, AttributeRole role) =>
        [.. Enumerable.Range(0, attributes.Length).Where(i => attributes[i].Role == role)];

    private static byte[] Encode(string name)
    {
        var buffer = new ByteBuffer(64);
        ValueCodec.WriteText(buffer, name);
        return buffer.Written.ToArray();
    }
}
