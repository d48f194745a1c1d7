using Hermes.Abstractions.Targets;

namespace Trimmed;

/// <summary>A person as the handler wants it.</summary>
internal sealed record Person(string Login, string FullName);

/// <summary>Notes who was added.</summary>
internal sealed class PersonHandler : ITargetHandler<Person>
{
    public List<string> Seen { get; } = [];

    public ValueTask AddedAsync(Person entry, TargetContext context, CancellationToken cancellationToken)
    {
        Seen.Add($"{entry.Login}: {entry.FullName}");
        return ValueTask.CompletedTask;
    }
}
