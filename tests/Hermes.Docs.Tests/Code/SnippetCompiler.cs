using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Hermes.Docs.Tests.Code;

/// <summary>Compiles pieces of code as a reader would, who puts them where the page says they belong.</summary>
internal static partial class SnippetCompiler
{
    private static readonly CSharpParseOptions Language = new(LanguageVersion.Latest);
    private static readonly Lazy<MetadataReference[]> References = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))]);

    private static readonly Lazy<string> Surroundings = new(() =>
    {
        using var reader = new StreamReader(typeof(SnippetCompiler).Assembly.GetManifestResourceStream("Surroundings.cs")!);
        return reader.ReadToEnd();
    });

    /// <summary>What the compiler finds wrong with a piece of code that has the surroundings which the pages take for granted.</summary>
    public static IEnumerable<string> Errors(string text)
    {
        var complete = Complete(text);
        var unit = CSharpSyntaxTree.ParseText(complete, Language).GetCompilationUnitRoot();
        var statements = string.Concat(unit.Members.OfType<GlobalStatementSyntax>().Select(statement => statement.ToFullString()));
        var declarations = string.Concat(unit.Members.Where(member => member is not GlobalStatementSyntax).Select(member => member.ToFullString()));
        var source = $$"""
            {{unit.Usings.ToFullString()}}
            internal sealed class Program : Surroundings
            {
                public async Task RunAsync(string[] args)
                {
                    await Task.CompletedTask;
            {{statements}}
                }
            }
            {{declarations}}
            """;
        return Compile([Surroundings.Value, source], OutputKind.DynamicallyLinkedLibrary).GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.GetMessage());
    }

    /// <summary>A program of this text and what every new program has.</summary>
    public static CSharpCompilation Program(string text) => Compile([text, DefaultUsings], OutputKind.ConsoleApplication);

    // What `dotnet new worker` brings along by itself.
    private const string DefaultUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    private static CSharpCompilation Compile(string[] sources, OutputKind kind) => CSharpCompilation.Create(
        "Snippet", sources.Select(source => CSharpSyntaxTree.ParseText(source, Language)), References.Value,
        new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));

    // An ellipsis stands for what the reader writes there; a call that is shown alone has no semicolon.
    private static string Complete(string text)
    {
        var code = Body().Replace(Case().Replace(text, ": break;"), "=> throw new NotSupportedException();").TrimEnd();
        return code.EndsWith(')') ? code + ";" : code;
    }

    [GeneratedRegex(@": \.\.\.")]
    private static partial Regex Case();

    [GeneratedRegex(@"=> \.\.\.")]
    private static partial Regex Body();
}
