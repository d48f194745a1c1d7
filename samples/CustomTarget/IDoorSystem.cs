namespace CustomTarget;

/// <summary>The system that opens doors to cards: an imagined one, as thin as the client of a real one would be.</summary>
public interface IDoorSystem
{
    /// <summary>Lets a card open doors. Doing it again does no harm.</summary>
    Task GrantAsync(string card, string holder, CancellationToken cancellationToken);

    /// <summary>Takes a card back. Doing it again does no harm.</summary>
    Task RevokeAsync(string card, CancellationToken cancellationToken);
}
