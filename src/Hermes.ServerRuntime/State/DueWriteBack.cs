namespace Hermes.ServerRuntime.State;

/// <summary>Something to write back to a source, now that its event is on the bus.</summary>
/// <param name="Number">Its number; later ones are greater.</param>
/// <param name="Body">What to do, as it was stored.</param>
public sealed record DueWriteBack(long Number, byte[] Body)
{
    /// <inheritdoc/>
    public override string ToString() => $"write-back {Number}";
}
