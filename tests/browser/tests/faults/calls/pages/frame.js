// All frames of a page run one program: compiling it anew would take most of the time.
{
  const { compileStreaming, instantiate } = WebAssembly;
  WebAssembly.instantiateStreaming = async (source, imports) => {
    parent.program ??= compileStreaming.call(WebAssembly, source);
    const module = await parent.program;
    return { module, instance: await instantiate.call(WebAssembly, module, imports) };
  };
}
