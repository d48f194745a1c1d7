using Hermes.Abstractions.Data;
using Hermes.Http.Connection;

namespace Hermes.Http.Source;

/// <summary>Something that an answer tells beside its items, in its body or in a header.</summary>
/// <param name="pointer">Where in the body, or null.</param>
/// <param name="header">In which header, or null.</param>
internal sealed class AnswerMark(string? pointer, string? header)
{
    private readonly JsonPointer? _pointer = string.IsNullOrEmpty(pointer) ? null : JsonPointer.TryParse(pointer);

    /// <summary>What the answer tells: null if it does not tell it, <see cref="Value.Null"/> if it tells a null.</summary>
    public Value? Find(WebAnswer answer, Page page) =>
        _pointer is not null ? page.Find(_pointer)
        : !string.IsNullOrEmpty(header) && answer.Header(header) is { } text ? Value.From(text.Trim())
        : default(Value?);
}
