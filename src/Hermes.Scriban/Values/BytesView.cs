using Hermes.Abstractions.Data;

namespace Hermes.Scriban.Values;

/// <summary>Bytes, which a template can only hand on.</summary>
internal sealed class BytesView(Value value) : IEquatable<BytesView>
{
    public Value Value => value;

    public bool Equals(BytesView? other) => other is not null && value.Equals(other.Value);

    public override bool Equals(object? obj) => Equals(obj as BytesView);

    public override int GetHashCode() => value.GetHashCode();

    public override string ToString() => $"<{value.AsBytes().Length} bytes>";
}
