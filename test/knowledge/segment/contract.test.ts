import { createReplyLinker } from '../../../src/knowledge/segment/createReplyLinker.ts';
import { describeLinker } from '../../contracts/linker.ts';

describeLinker('the reply linker', createReplyLinker());
