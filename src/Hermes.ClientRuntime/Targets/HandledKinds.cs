using System.Diagnostics.CodeAnalysis;
using Hermes.Abstractions.Targets;

namespace Hermes.ClientRuntime.Targets;

/// <summary>Which kinds of change a typed handler has a method of its own for.</summary>
internal static class HandledKinds
{
    public static IReadOnlySet<TargetChangeKind> Of(
        Type handler, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.NonPublicMethods)] Type contract)
    {
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
