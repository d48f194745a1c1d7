using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Targets;

namespace Hermes.ClientRuntime.Targets;

/// <summary>A typed handler with its data type, seen without the type of its record.</summary>
internal abstract class TypedHandler(string type)
{
    public string Type { get; } = type;

    /// <summary>Binds the record to the data type.</summary>
    /// <returns>What cannot be bound.</returns>
    public abstract IReadOnlyList<ConfigurationError> Bind(TargetType type, string path);

    public abstract bool Handles(TargetChangeKind kind);

    public abstract ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken);
}

/// <summary>A typed handler with its data type.</summary>
internal sealed class TypedHandler<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties)] TRecord>(
    string type, ITargetHandler<TRecord> handler) : TypedHandler(type)
    where TRecord : class
{
    private readonly IReadOnlySet<TargetChangeKind> _kinds = HandledKinds.Of(handler.GetType(), typeof(ITargetHandler<TRecord>));
    private RecordBinder<TRecord>? _binder;

    public override IReadOnlyList<ConfigurationError> Bind(TargetType type, string path)
    {
        _binder = RecordBinder<TRecord>.Create(type, path, out var errors);
        return errors;
    }

    public override bool Handles(TargetChangeKind kind) => _kinds.Contains(kind);

    public override ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        var binder = _binder ?? throw new InvalidOperationException("The target was not started.");
        return change switch
        {
            EntryAdded added => handler.AddedAsync(binder.Read(added.Entry), context, cancellationToken),
            EntryRecycled recycled => handler.RecycledAsync(binder.Read(recycled.Entry), context, cancellationToken),
            EntryModified modified => handler.ModifiedAsync(binder.Read(modified.Entry), binder.Read(modified.Previous), context, cancellationToken),
            EntryTrashed trashed => handler.TrashedAsync(binder.Read(trashed.Entry), context, cancellationToken),
            EntryRemoved removed => handler.RemovedAsync(binder.Read(removed.Previous), context, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(change)),
        };
    }
}

/// <summary>Which kinds of change a typed handler has a method of its own for.</summary>
internal static class HandledKinds
{
    public static IReadOnlySet<TargetChangeKind> Of(
        Type handler, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.NonPublicMethods)] Type contract)
    {
        // Compiled ahead of time, it cannot be told: what a handler has no method of its own for, it does nothing for.
        if (!RuntimeFeature.IsDynamicCodeSupported)
            return Enum.GetValues<TargetChangeKind>().ToHashSet();
        var map = handler.GetInterfaceMap(contract);
        return Enum.GetValues<TargetChangeKind>()
            .Where(kind =>
            {
                var index = Array.FindIndex(map.InterfaceMethods, method => string.Equals(method.Name, $"{kind}Async", StringComparison.Ordinal));
                return map.TargetMethods[index].DeclaringType != contract;
            })
            .ToHashSet();
    }
}
