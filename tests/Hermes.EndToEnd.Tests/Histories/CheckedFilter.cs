using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>A filter of the client's templates that lets its input through, or fails where a history says so.</summary>
internal sealed class CheckedFilter(Faults faults) : IAttributeFilter
{
    public string Name => "checked";

    public Value Apply(Value input, FilterArguments arguments) => faults.FailsToConvert(input.ToString())
        ? throw new ArgumentException("is told to fail")
        : input;
}
