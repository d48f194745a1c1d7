using Hermes.Abstractions.Data;

namespace Hermes.Http.Source;

/// <summary>An item of a page.</summary>
/// <param name="Key">What tells it from all others.</param>
/// <param name="Values">Its attributes, in the order that was asked for.</param>
internal readonly record struct Item(EntryKey Key, Value[] Values);

/// <summary>The content of one answer.</summary>
internal abstract class Page : IDisposable
{
    /// <summary>The items, in their order.</summary>
    /// <exception cref="UnreadableAnswerException">The answer is not what the settings say.</exception>
    public abstract IEnumerable<Item> Items();

    /// <summary>What stands beside the items; null if nothing is there.</summary>
    public virtual Value? Find(JsonPointer pointer) => null;

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
