using Hermes.Abstractions.Templates;
using Scriban.Parsing;
using Scriban.Syntax;

namespace Hermes.Scriban.Evaluation;

/// <summary>What went wrong in a template, said without any value: the library's own messages may hold them, and go no further.</summary>
internal static class Faults
{
    private const string WrongKinds = "This cannot be computed: the values are not of the kinds that are needed here";

    public static TemplateException At(SourceSpan span, string reason, string text) => new(reason, text, span.Start.Line + 1, span.Start.Column + 1);

    public static TemplateException Of(Exception exception, string text, ScribanLimits limits) => exception switch
    {
        ScriptAbortException abort => At(abort.Span, $"The evaluation takes longer than {limits.MaxTime.TotalSeconds} seconds", text),
        ScriptRuntimeException fault => At(fault.Span, Reason(fault), text),
        TemplateFault fault => new TemplateException(fault.Message, text, 1, 1),
        _ => new TemplateException(WrongKinds, text, 1, 1),
    };

    private static string Reason(ScriptRuntimeException fault)
    {
        for (Exception? inner = fault.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is TemplateFault known)
                return known.Message;
            if (inner is System.Text.RegularExpressions.RegexMatchTimeoutException)
                return "A regular expression takes too long";
        }

        var message = fault.OriginalMessage;
        return message switch
        {
            _ when Says("limit") || Says("exceed") => "The template needs more rounds, depth or text than its limits allow",
            _ when Says("divide by") => "A division by zero",
            _ when Says("null") || Says("empty object") =>
                "Something that is not set is used here. Write '| default ...' or '?? ...' after what may be unset",
            _ when Says("Cannot get member with name") || Says("Cannot get the member") => "There is no such member here",
            _ when Says("variable or function") => "A variable is read here that the template has not set yet",
            _ when Says("number of arguments") => "The function takes another number of arguments",
            _ when Says("readonly") => "A variable that was given to the template cannot be set",
            _ => WrongKinds,
        };

        bool Says(string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
    }
}
